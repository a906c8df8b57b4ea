//! Instructions, branches and simulated mispredictions of every cell on a few workloads at test size.
//!
//! Counts are of the program's run alone: callgrind collects inside the machine's main function only, in whichever thread that
//! is. `Bi` counts indirect branches and `Bim` those the simulated predictor missed; that predictor remembers the last target
//! only, so it shows where a technique leans on the predictor, not what a current processor would pay.
#![allow(missing_docs, unreachable_pub, reason = "iai-callgrind's macros write undocumented public items")]

use benches_callgrind::{ENTRY_POINT, harness};
use iai_callgrind::{BinaryBenchmarkConfig, Callgrind, Command, EntryPoint, Stdio, binary_benchmark, binary_benchmark_group, main};

/// The process that runs `arguments` on `cell`.
fn command(cell: &str, arguments: &[&str]) -> Command {
    let mut command = Command::new(harness());
    command.args(["--no-code-cache", "--variant", cell]).args(arguments).env("PYTHONHASHSEED", "0").stdout(Stdio::Null);
    command
}

/// One function per workload: the report names the function and the cell.
macro_rules! workloads {
    ($($name:ident: $arguments:expr;)*) => {
        $(
            #[binary_benchmark]
            #[bench::switch_plain("switch/plain")]
            #[bench::switch_quickened("switch/quickened")]
            #[bench::switch_cached("switch/cached")]
            #[bench::switch_specialized("switch/specialized")]
            #[bench::call_plain("call/plain")]
            #[bench::call_quickened("call/quickened")]
            #[bench::call_cached("call/cached")]
            #[bench::call_specialized("call/specialized")]
            #[bench::tailcall_plain("tailcall/plain")]
            #[bench::tailcall_quickened("tailcall/quickened")]
            #[bench::tailcall_cached("tailcall/cached")]
            #[bench::tailcall_specialized("tailcall/specialized")]
            fn $name(cell: &str) -> Command {
                command(cell, &$arguments)
            }
        )*
        binary_benchmark_group!(name = grid; benchmarks = $($name),*);
    };
}

// The sizes are those of the tests: callgrind runs programs some fifty times slower.
workloads! {
    fib: ["../workloads/fib.py", "14"];
    int_loops: ["../workloads/int_loops.py", "120"];
    nbody: ["../workloads/nbody.py", "60"];
    scheduler: ["../workloads/scheduler.py", "20"];
    generators: ["../workloads/generators.py", "30"];
    adv_type_flip: ["../workloads/adv_type_flip.py", "12"];
}

main!(
    config = BinaryBenchmarkConfig::default().tool(
        Callgrind::with_args(["--branch-sim=yes"])
            .entry_point(EntryPoint::Custom(ENTRY_POINT.to_owned()))
    );
    binary_benchmark_groups = grid
);
