//! iai-callgrind's runner, built here so that it need not be installed.
//!
//! Without valgrind it says so and ends well: a missing tool is not a failed bench.

use std::io::Read as _;
use std::process::ExitCode;

use benches_callgrind::valgrind_is_there;

fn main() -> ExitCode {
    if !valgrind_is_there() {
        // The bench is writing its list of functions to us, and would fail if nobody read it.
        let _ = std::io::stdin().read_to_end(&mut Vec::new());
        println!("callgrind counts: valgrind is not installed; nothing was counted");
        return ExitCode::SUCCESS;
    }
    match iai_callgrind_runner::runner::run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("callgrind counts: {error:#}");
            ExitCode::FAILURE
        }
    }
}
