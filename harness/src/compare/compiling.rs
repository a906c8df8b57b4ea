//! Compile throughput: the whole standard library, source → code object, in one process.
//!
//! The files are read before the clock starts, and what is made is dropped while it runs, here and in CPython. Files that either
//! refuses (the library's tests hold some) are left out for both.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use clap::Args;

use super::page::{Bar, Page};
use super::peers::{CPYTHON_3_13, Peers};
use super::process;
use crate::bench::scratch::Scratch;
use crate::execute::cpu_time;

const FIGURE: &str = "compile throughput over the standard library, times that of cpython-3.13's compile()";

/// The arguments of `harness compile-sample`, the process that `compare` times.
#[derive(Args, Debug, Clone)]
pub struct SampleArguments {
    /// A file that lists the files to compile, one a line
    list: PathBuf,
}

/// Compiles the listed files; the lines to print: nanoseconds of CPU time, then the files that did not compile.
pub fn sample(arguments: &SampleArguments) -> Result<String, String> {
    let list = fs::read_to_string(&arguments.list).map_err(|error| format!("cannot read '{}': {error}", arguments.list.display()))?;
    let mut sources = Vec::new();
    for file in list.lines() {
        sources.push((file, fs::read(file).map_err(|error| format!("cannot read '{file}': {error}"))?));
    }
    let start = cpu_time();
    let refused: Vec<&str> =
        sources.iter().filter(|(file, source)| vm_core::compile::compile_module(source, file).is_err()).map(|(file, _)| *file).collect();
    let spent = cpu_time().saturating_sub(start);
    Ok(std::iter::once(spent.as_nanos().to_string()).chain(refused.into_iter().map(str::to_owned)).collect::<Vec<_>>().join("\n"))
}

/// The same for CPython.
const PYTHON: &str = "
import sys, time, warnings
warnings.simplefilter('ignore')
sys.set_int_max_str_digits(0)
files = open(sys.argv[1], encoding='utf-8').read().splitlines()
sources = [open(file, 'rb').read() for file in files]
refused = []
start = time.process_time_ns()
for file, source in zip(files, sources):
    try:
        compile(source, file, 'exec', dont_inherit=True)
    except Exception:
        refused.append(file)
print(time.process_time_ns() - start, *refused, sep='\\n')
";

/// Adds the figure.
pub(super) fn add(page: &mut Page, harness: &Path, peers: &Peers, rounds: u32, limit: Duration) {
    match measure(harness, peers, rounds, limit) {
        Ok((ratio, files, bytes)) => {
            let figure = format!("{FIGURE} ({files} files, {:.1} MB)", bytes as f64 / 1e6);
            page.number(figure, Bar::Least(5.0), ratio);
        }
        Err(reason) => page.skipped(FIGURE, "≥ 5", &reason),
    }
}

fn measure(harness: &Path, peers: &Peers, rounds: u32, limit: Duration) -> Result<(f64, usize, u64), String> {
    let peer = peers.get(CPYTHON_3_13)?;
    let library = crate::stdlib::discover().ok_or("no standard library of Python 3.13 was found")?;
    let mut files = Vec::new();
    sources(&library, &mut files)?;
    let script = Scratch::with("py", PYTHON.as_bytes())?;
    let ours = |list: &Path| {
        let mut command = Command::new(harness);
        command.arg("compile-sample").arg(list);
        command
    };
    let theirs = |list: &Path| {
        let mut command = Command::new(&peer.program);
        command.args(["-S", "-E"]).arg(&script.0).arg(list);
        command
    };
    let listed = |files: &BTreeSet<String>| {
        let text: Vec<&str> = files.iter().map(String::as_str).collect();
        Scratch::with("list", text.join("\n").as_bytes())
    };
    let mut files: BTreeSet<String> = files.into_iter().filter_map(|file| file.into_os_string().into_string().ok()).collect();
    let all = listed(&files)?;
    for command in [ours(&all.0), theirs(&all.0)] {
        for refused in report(command, limit)?.1 {
            files.remove(&refused);
        }
    }
    let list = listed(&files)?;
    let (mut mine, mut other) = (u128::MAX, u128::MAX);
    for _ in 0..rounds {
        mine = mine.min(report(ours(&list.0), limit)?.0);
        other = other.min(report(theirs(&list.0), limit)?.0);
    }
    let bytes = files.iter().filter_map(|file| Some(fs::metadata(file).ok()?.len())).sum();
    Ok((other as f64 / mine as f64, files.len(), bytes))
}

/// What a process says: nanoseconds, and refused files.
fn report(command: Command, limit: Duration) -> Result<(u128, Vec<String>), String> {
    let said = process::run(command, 0, limit)?.stdout;
    let said = String::from_utf8_lossy(&said).into_owned();
    let mut lines = said.lines();
    let time = lines.next().and_then(|line| line.trim().parse().ok()).ok_or("a compiling process told no time")?;
    Ok((time, lines.map(str::to_owned).collect()))
}

/// Every Python file of the library, without what is installed beside it.
fn sources(directory: &Path, out: &mut Vec<PathBuf>) -> Result<(), String> {
    let entries = fs::read_dir(directory).map_err(|error| format!("cannot read '{}': {error}", directory.display()))?;
    for entry in entries.flatten() {
        let path = entry.path();
        let name = entry.file_name();
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            if name != "site-packages" && name != "dist-packages" && name != "__pycache__" {
                sources(&path, out)?;
            }
        } else if path.extension().is_some_and(|extension| extension == "py") {
            out.push(path);
        }
    }
    Ok(())
}
