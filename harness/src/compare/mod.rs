//! `harness compare`: the project's figures of merit, measured against other interpreters, and one page with all of them.
//!
//! `harness bench` measures cells against each other and keeps raw data; this command asks of each figure whether it reaches its bar,
//! and writes ratios only. Programs run interleaved and shuffled, each run in a process of its own whose CPU time and peak memory the
//! system tells; what a run prints is compared with CPython's output first. An interpreter that is not there is left out, and the page says why.

mod compiling;
mod counts;
mod figures;
mod machine_line;
mod matrix;
mod page;
mod peers;
mod probes;
mod process;
mod programs;
mod startup;

use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, ValueEnum};

use crate::bench::manifest::{self, Size};

pub use compiling::{SampleArguments, sample};
use page::Page;
use peers::Peers;

/// The arguments of `harness compare`.
#[derive(Args, Debug, Clone)]
pub struct Arguments {
    /// The page to write, as Markdown; it is replaced whole, or not at all
    #[arg(short, long, value_name = "FILE")]
    pub output: PathBuf,
    /// Only these figures; may be repeated [default: all]
    #[arg(long = "only", value_name = "FIGURE")]
    pub only: Vec<Figure>,
    /// Rounds of timed runs; the best of each program counts
    #[arg(long, value_name = "N", default_value_t = 3, value_parser = clap::value_parser!(u32).range(1..))]
    pub rounds: u32,
    /// Size of the workloads that are timed
    #[arg(long, default_value = "full")]
    pub size: Size,
    /// Measure only this workload; may be repeated [default: all]
    #[arg(long = "workload", value_name = "NAME")]
    pub workloads: Vec<String>,
    /// The directory with workloads.json, and `lua/` with the ports
    #[arg(long, value_name = "DIR")]
    pub workloads_directory: Option<PathBuf>,
    /// Kill a run that takes longer than this
    #[arg(long, value_name = "SECONDS", default_value_t = 300)]
    pub limit: u64,
    /// Which interpreters to compare with
    #[command(flatten)]
    pub peers: peers::PeerArguments,
}

/// What can be measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Figure {
    /// CPU time of the workloads against other interpreters, peak memory, and the counting probe's cost
    Speed,
    /// CPU time against LuaJIT's interpreter
    Lua,
    /// Start-up of an empty program
    Startup,
    /// Compiling the standard library
    Compiling,
    /// Instructions, by callgrind
    Counts,
    /// Machine code and instructions against a build without probes
    Probes,
}

/// Measures; the lines to show, or why there is no page.
pub fn compare(arguments: &Arguments) -> Result<Vec<String>, String> {
    let directory = arguments.workloads_directory.clone().unwrap_or_else(|| {
        let here = PathBuf::from("workloads");
        if here.join("workloads.json").is_file() { here } else { manifest::source_directory() }
    });
    let chosen = |size| -> Result<Vec<crate::bench::Workload>, String> {
        let all = manifest::workloads(&directory, size).map_err(|error| error.to_string())?;
        if let Some(unknown) = arguments.workloads.iter().find(|name| !all.iter().any(|workload| workload.name == **name)) {
            return Err(format!("unknown workload '{unknown}'"));
        }
        Ok(all.into_iter().filter(|w| arguments.workloads.is_empty() || arguments.workloads.contains(&w.name)).collect())
    };
    let parent = arguments.output.parent().filter(|parent| !parent.as_os_str().is_empty());
    if let Some(parent) = parent.filter(|parent| !parent.is_dir()) {
        return Err(format!("there is no directory '{}'", parent.display()));
    }
    let harness = std::env::current_exe().map_err(|error| format!("cannot find the harness itself: {error}"))?;
    let peers = Peers::find(&arguments.peers);
    let wants = |figure| arguments.only.is_empty() || arguments.only.contains(&figure);
    let limit = Duration::from_secs(arguments.limit);
    let mut page = Page::new(&peers, arguments.rounds);
    if wants(Figure::Speed) {
        let workloads = chosen(arguments.size)?;
        let timed = matrix::measure(&programs::pythons(&harness, &peers), &workloads, arguments.rounds, limit);
        figures::add(&mut page, &timed, &workloads, &peers);
    }
    if wants(Figure::Lua) {
        let workloads: Vec<_> = chosen(arguments.size)?.into_iter().filter(|w| programs::lua_port(&directory, &w.name).is_file()).collect();
        match peers.get(peers::LUAJIT) {
            Err(reason) => page.skipped("specialized ÷ LuaJIT's interpreter, CPU time", "≤ 2.0", reason),
            Ok(luajit) => {
                let timed = matrix::measure(&programs::lua(&harness, luajit, &directory), &workloads, arguments.rounds, limit);
                figures::add_lua(&mut page, &timed, &workloads);
            }
        }
    }
    if wants(Figure::Startup) {
        startup::add(&mut page, &harness, &peers, limit)?;
    }
    if wants(Figure::Compiling) {
        compiling::add(&mut page, &harness, &peers, arguments.rounds, limit);
    }
    if wants(Figure::Counts) {
        counts::add(&mut page, &harness, &chosen(Size::Test)?);
    }
    if wants(Figure::Probes) {
        probes::add(&mut page, &harness, &peers, &chosen(Size::Test)?);
    }
    reports::atomic::write(&arguments.output, page.markdown().as_bytes()).map_err(|error| error.to_string())?;
    let mut lines = page.summary();
    lines.push(format!("written to {}", arguments.output.display()));
    Ok(lines)
}
