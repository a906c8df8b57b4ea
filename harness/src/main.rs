//! The command line of the dispatch harness.

mod cli;
mod small;

use std::process::ExitCode;

#[global_allocator]
static ALLOCATOR: small::Small = small::Small;

fn main() -> ExitCode {
    small::keep_freed_memory();
    // Other processes' SIGPIPE manners: a closed pipe is an error we see, not a signal that kills us.
    ExitCode::from(cli::main().clamp(0, 255) as u8)
}
