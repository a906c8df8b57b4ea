//! The interpreters as command lines: what runs a workload.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::peers::{CPYTHON_3_10, CPYTHON_3_13, CPYTHON_3_15_JIT, Peer, Peers, RUSTPYTHON};
use crate::bench::Workload;

/// The harness's best cell.
pub(super) const SPECIALIZED: &str = "specialized";
/// The cell that adapts as little as CPython 3.10.
pub(super) const TAILCALL: &str = "tailcall";
/// The best cell with the probe that counts.
pub(super) const COUNTING: &str = "specialized, counting";
/// LuaJIT's interpreter.
pub(super) const LUA: &str = "luajit -joff";

/// Something that runs workloads.
#[derive(Debug, Clone)]
pub(super) struct Program {
    pub(super) name: &'static str,
    executable: PathBuf,
    arguments: Vec<&'static str>,
    environment: Vec<(&'static str, &'static str)>,
    /// Where its version of a workload is, if not where Python's is.
    ports: Option<PathBuf>,
}

impl Program {
    fn cell(name: &'static str, harness: &Path, arguments: &[&'static str]) -> Program {
        let arguments = [&["--quiet", "--no-code-cache", "--variant"], arguments].concat();
        Program { name, executable: harness.to_owned(), arguments, environment: Vec::new(), ports: None }
    }

    fn peer(name: &'static str, peer: &Peer) -> Program {
        Program { name, executable: peer.program.clone(), arguments: Vec::new(), environment: Vec::new(), ports: None }
    }

    /// The process that runs a workload.
    pub(super) fn command(&self, workload: &Workload) -> Command {
        let mut command = Command::new(&self.executable);
        command.args(&self.arguments).env("PYTHONHASHSEED", "0").env("PYTHONDONTWRITEBYTECODE", "1");
        command.envs(self.environment.iter().copied());
        match &self.ports {
            None => command.arg(&workload.path),
            Some(directory) => command.arg(lua_port(directory, &workload.name)),
        };
        command.args(&workload.args);
        command
    }
}

/// Where a workload's port to Lua is, or would be.
pub(super) fn lua_port(workloads: &Path, name: &str) -> PathBuf {
    workloads.join("lua").join(format!("{name}.lua"))
}

/// The cells and peers that run Python.
pub(super) fn pythons(harness: &Path, peers: &Peers) -> Vec<Program> {
    let mut programs = vec![
        Program::cell(SPECIALIZED, harness, &["specialized"]),
        Program::cell(TAILCALL, harness, &["tailcall"]),
        Program::cell(COUNTING, harness, &["specialized", "--count"]),
    ];
    for name in [CPYTHON_3_13, CPYTHON_3_10, CPYTHON_3_15_JIT, RUSTPYTHON] {
        if let Ok(peer) = peers.get(name) {
            let mut program = Program::peer(name, peer);
            program.environment.extend((name == CPYTHON_3_15_JIT).then_some(("PYTHON_JIT", "1")));
            programs.push(program);
        }
    }
    programs
}

/// The best cell, and Lua with the ports in `directory`.
pub(super) fn lua(harness: &Path, luajit: &Peer, directory: &Path) -> Vec<Program> {
    let mut lua = Program::peer(LUA, luajit);
    lua.arguments.push("-joff");
    lua.ports = Some(directory.to_owned());
    vec![Program::cell(SPECIALIZED, harness, &["specialized"]), lua]
}
