//! Criterion over the grid: every cell on a few workloads at test size, in this process.
//!
//! For a quick look while working on one cell. It runs the cells one after the other, so a disturbed host hits them unequally;
//! `harness bench` interleaves them and is what results come from.

use std::time::Duration;

use criterion::{BatchSize, BenchmarkId, Criterion, criterion_group, criterion_main};
use harness::bench::subject::{CELLS, Subject, workload};

const WORKLOADS: [&str; 6] = [
    "fib",
    "int_loops",
    "nbody",
    "scheduler",
    "generators",
    "adv_type_flip",
];

fn grid(criterion: &mut Criterion) {
    for name in WORKLOADS {
        let workload = match workload(name) {
            Ok(workload) => workload,
            Err(reason) => {
                eprintln!("skipped: {reason}");
                continue;
            }
        };
        let mut group = criterion.benchmark_group(name);
        group
            .sample_size(20)
            .warm_up_time(Duration::from_millis(300))
            .measurement_time(Duration::from_secs(2));
        for cell in CELLS {
            // Once before timing: a cell that cannot run the program is passed over with its reason.
            if let Err(reason) = Subject::prepare(cell, &workload).and_then(Subject::run) {
                eprintln!("skipped: {reason}");
                continue;
            }
            group.bench_function(BenchmarkId::from_parameter(cell), |bencher| {
                bencher.iter_batched(
                    || Subject::prepare(cell, &workload),
                    |subject| subject.and_then(Subject::run),
                    BatchSize::PerIteration,
                );
            });
        }
        group.finish();
    }
}

criterion_group!(benches, grid);
criterion_main!(benches);
