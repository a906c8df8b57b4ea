//! Criterion over the grid: every cell on a few workloads at test size.
//!
//! For a quick look while working on one cell. Each batch is one process, which times its own runs without start-up and
//! compilation. The cells run one after the other, so a disturbed host hits them unequally; `harness bench` interleaves them and
//! is what results come from.
#![allow(missing_docs, reason = "`criterion_group!` makes a public function and gives it no documentation")]

use std::path::PathBuf;
use std::time::Duration;

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use dispatch_variants::Variant;
use harness::bench::launch::{Launcher, ProcessLauncher, SelfCommands};
use harness::bench::manifest::{Size, source_directory, workloads};

const WORKLOADS: [&str; 6] = ["fib", "int_loops", "nbody", "scheduler", "generators", "adv_type_flip"];

fn grid(criterion: &mut Criterion) {
    let listed = match workloads(&source_directory(), Size::Test) {
        Ok(listed) => listed,
        Err(error) => {
            eprintln!("skipped: {error}");
            return;
        }
    };
    let mut launcher = ProcessLauncher {
        commands: SelfCommands { executable: PathBuf::from(env!("CARGO_BIN_EXE_harness")), references: Vec::new(), policy: Vec::new() },
        scratch: std::env::temp_dir(),
        limit: Duration::from_secs(120),
    };
    for workload in listed.iter().filter(|workload| WORKLOADS.contains(&workload.name.as_str())) {
        let mut group = criterion.benchmark_group(&workload.name);
        group.sample_size(20).warm_up_time(Duration::from_millis(300)).measurement_time(Duration::from_secs(2));
        for cell in Variant::grid().map(|variant| variant.name()) {
            // Once before timing: a cell that cannot run the program is passed over with its reason.
            if let Err(reason) = launcher.launch(&cell, workload, 1, false) {
                eprintln!("skipped: {} on {cell}: {reason}", workload.name);
                continue;
            }
            group.bench_function(BenchmarkId::from_parameter(&cell), |bencher| {
                bencher.iter_custom(|iterations| {
                    let iterations = u32::try_from(iterations).unwrap_or(u32::MAX);
                    match launcher.launch(&cell, workload, iterations, false) {
                        Ok(launched) => launched.iterations.iter().map(|timed| Duration::from_nanos(timed.wall_ns)).sum(),
                        Err(reason) => {
                            eprintln!("{} on {cell}: {reason}", workload.name);
                            std::process::exit(1)
                        }
                    }
                });
            });
        }
        group.finish();
    }
}

criterion_group!(benches, grid);
criterion_main!(benches);
