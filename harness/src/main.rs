//! The command line of the dispatch harness.
fn main() {}
