//! Where the callgrind bench finds the program it counts.

/// The function inside which callgrind counts.
pub const ENTRY_POINT: &str = "*Machine*run_main*";

/// The harness's executable, as the harness's own bench hands it over (cargo tells only that package where it is).
pub fn harness() -> String {
    std::env::var("HARNESS_EXECUTABLE").unwrap_or_else(|_| {
        eprintln!("callgrind counts: start them with `cargo bench -p harness --bench callgrind`");
        std::process::exit(0)
    })
}

/// Whether valgrind can be run.
pub fn valgrind_is_there() -> bool {
    let version = std::process::Command::new("valgrind").arg("--version").output();
    version.is_ok_and(|output| output.status.success())
}
