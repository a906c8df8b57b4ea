//! Instructions, branches and simulated mispredictions of every cell on a few workloads at test size.
//!
//! `Bi` counts indirect branches and `Bim` those the simulated predictor missed; that predictor remembers the last target only,
//! so it shows where a technique leans on the predictor, not what a current processor would pay.

#![allow(missing_docs, unreachable_pub, reason = "iai-callgrind's macros write undocumented public items")]

use benches_callgrind::{prepare, run};
use harness::bench::subject::Subject;
use iai_callgrind::{
    Callgrind, LibraryBenchmarkConfig, library_benchmark, library_benchmark_group, main,
};

/// One function per workload: callgrind's output names the function, and the argument is the cell.
macro_rules! workloads {
    ($($name:ident),* $(,)?) => {
        $(
            #[library_benchmark]
            #[bench::switch_plain(args = ("switch/plain", stringify!($name)), setup = prepare)]
            #[bench::switch_quickened(args = ("switch/quickened", stringify!($name)), setup = prepare)]
            #[bench::switch_cached(args = ("switch/cached", stringify!($name)), setup = prepare)]
            #[bench::switch_specialized(args = ("switch/specialized", stringify!($name)), setup = prepare)]
            #[bench::call_plain(args = ("call/plain", stringify!($name)), setup = prepare)]
            #[bench::call_quickened(args = ("call/quickened", stringify!($name)), setup = prepare)]
            #[bench::call_cached(args = ("call/cached", stringify!($name)), setup = prepare)]
            #[bench::call_specialized(args = ("call/specialized", stringify!($name)), setup = prepare)]
            #[bench::tailcall_plain(args = ("tailcall/plain", stringify!($name)), setup = prepare)]
            #[bench::tailcall_quickened(args = ("tailcall/quickened", stringify!($name)), setup = prepare)]
            #[bench::tailcall_cached(args = ("tailcall/cached", stringify!($name)), setup = prepare)]
            #[bench::tailcall_specialized(args = ("tailcall/specialized", stringify!($name)), setup = prepare)]
            fn $name(subject: Result<Subject, String>) {
                run(subject);
            }
        )*
        library_benchmark_group!(name = grid; benchmarks = $($name),*);
    };
}

workloads!(fib, int_loops, nbody, scheduler, generators, adv_type_flip);

main!(
    config = LibraryBenchmarkConfig::default()
        .tool(Callgrind::with_args(["--branch-sim=yes"]));
    library_benchmark_groups = grid
);
