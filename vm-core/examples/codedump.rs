//! Dumps the code objects of Python files as text, for comparison with `scripts/codedump.py`, which dumps CPython's.
//!
//! `codedump FILE` prints; without arguments, lines `FILE<TAB>OUTPUT` are read from standard input and each file is dumped to
//! its output. A syntax error is dumped as such.

#[path = "../tests/codedump/mod.rs"]
mod codedump;

use codedump::dump_source;
use std::io::BufRead;

fn dump_file(path: &str) -> std::io::Result<String> {
    Ok(dump_source(&std::fs::read(path)?, path))
}

fn main() -> std::io::Result<()> {
    if let Some(path) = std::env::args().nth(1) {
        print!("{}", dump_file(&path)?);
        return Ok(());
    }
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        if let Some((path, output)) = line.split_once('\t') {
            std::fs::write(output, dump_file(path)?)?;
        }
    }
    Ok(())
}
