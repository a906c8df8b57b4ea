//! The interpreters that are compared with: where they are, what they say they are, or why one is left out.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use clap::Args;

/// An optimised CPython 3.13.
pub(super) const CPYTHON_3_13: &str = "cpython-3.13";
/// CPython 3.10, which does not adapt.
pub(super) const CPYTHON_3_10: &str = "cpython-3.10";
/// CPython 3.15, run with its JIT on.
pub(super) const CPYTHON_3_15_JIT: &str = "cpython-3.15-jit";
/// The other Python in Rust.
pub(super) const RUSTPYTHON: &str = "rustpython";
/// LuaJIT, run with its JIT off.
pub(super) const LUAJIT: &str = "luajit";
/// A harness built from sources without probes (`scripts/build_without_probes.sh`).
pub(super) const WITHOUT_PROBES: &str = "without-probes";

/// Name, environment variable.
const ALL: [(&str, &str); 6] = [
    (CPYTHON_3_13, "HARNESS_PEER_CPYTHON_3_13"),
    (CPYTHON_3_10, "HARNESS_PEER_CPYTHON_3_10"),
    (CPYTHON_3_15_JIT, "HARNESS_PEER_CPYTHON_3_15_JIT"),
    (RUSTPYTHON, "HARNESS_PEER_RUSTPYTHON"),
    (LUAJIT, "HARNESS_PEER_LUAJIT"),
    (WITHOUT_PROBES, "HARNESS_PEER_WITHOUT_PROBES"),
];

/// Which interpreters to compare with.
#[derive(Args, Debug, Clone, Default)]
pub struct PeerArguments {
    /// An interpreter to compare with: cpython-3.13, cpython-3.10, cpython-3.15-jit, rustpython, luajit, or without-probes (another build
    /// of the harness); may be repeated. Else the variables HARNESS_PEER_CPYTHON_3_13 and so on name them
    #[arg(long = "peer", value_name = "NAME=PROGRAM", value_parser = peer)]
    pub peers: Vec<(String, PathBuf)>,
}

fn peer(text: &str) -> Result<(String, PathBuf), String> {
    match text.split_once('=') {
        Some((name, program)) if !program.is_empty() && ALL.iter().any(|(known, _)| *known == name) => {
            Ok((name.to_owned(), PathBuf::from(program)))
        }
        _ => Err(format!("write NAME=PROGRAM, where NAME is one of {}", ALL.map(|(name, _)| name).join(", "))),
    }
}

/// An interpreter that answers.
#[derive(Debug, Clone)]
pub(super) struct Peer {
    pub(super) program: PathBuf,
    pub(super) version: String,
}

/// All of them, by name.
#[derive(Debug, Default)]
pub(super) struct Peers(BTreeMap<&'static str, Result<Peer, String>>);

impl Peers {
    /// Asks each for its version.
    pub(super) fn find(arguments: &PeerArguments) -> Peers {
        let found = ALL.iter().map(|&(name, variable)| {
            let given = arguments.peers.iter().rev().find(|(n, _)| n == name).map(|(_, program)| program.clone());
            let program = given.or_else(|| std::env::var_os(variable).filter(|v| !v.is_empty()).map(PathBuf::from));
            let peer = match program {
                None => Err(format!("neither --peer {name}=PROGRAM nor {variable} is given")),
                Some(program) => ask(name, program),
            };
            (name, peer)
        });
        Peers(found.collect())
    }

    /// One of them, or why it is not there.
    pub(super) fn get(&self, name: &str) -> Result<&Peer, &str> {
        match self.0.get(name) {
            Some(Ok(peer)) => Ok(peer),
            Some(Err(reason)) => Err(reason),
            None => Err("unknown"),
        }
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (&'static str, Result<&Peer, &str>)> {
        self.0.iter().map(|(name, peer)| (*name, peer.as_ref().map_err(String::as_str)))
    }
}

/// What it says about itself; the wrong interpreter is refused.
fn ask(name: &str, program: PathBuf) -> Result<Peer, String> {
    let say = |arguments: &[&str]| -> Result<String, String> {
        let shown = program.display();
        let mut command = Command::new(&program);
        let output = command.args(arguments).env("PYTHON_JIT", "1").stdin(Stdio::null()).output();
        let output = output.map_err(|error| format!("'{shown}' cannot be started: {error}"))?;
        if !output.status.success() {
            return Err(format!("'{shown}' ended with {}", output.status));
        }
        let text = if output.stdout.is_empty() { output.stderr } else { output.stdout };
        Ok(String::from_utf8_lossy(&text).split_whitespace().collect::<Vec<_>>().join(" "))
    };
    let version = match name {
        CPYTHON_3_13 | CPYTHON_3_10 => say(&["-c", PYTHON_VERSION])?,
        CPYTHON_3_15_JIT => say(&["-c", &format!("{PYTHON_VERSION}\nprint('JIT', 'on' if sys._jit.is_enabled() else 'off')")])?,
        LUAJIT => say(&["-v"])?,
        _ => say(&["--version"])?,
    };
    let must = match name {
        CPYTHON_3_13 => "CPython 3.13.",
        CPYTHON_3_10 => "CPython 3.10.",
        CPYTHON_3_15_JIT => "JIT on",
        RUSTPYTHON => "RustPython",
        LUAJIT => "LuaJIT",
        _ => "harness",
    };
    let right = version.contains(must) || (name == RUSTPYTHON && version.contains("Python"));
    if right { Ok(Peer { program, version }) } else { Err(format!("'{}' is {version}, not {name}", program.display())) }
}

const PYTHON_VERSION: &str = "
import sys
try:
    import sysconfig
    built = sysconfig.get_config_var('CONFIG_ARGS') or ''
    # Distributions have other ways to optimise by profile, so nothing is said of builds without it.
    built = ', configured with --enable-optimizations' if '--enable-optimizations' in built else ''
except Exception:
    built = ''
print('CPython', sys.version.split()[0], sys.version[sys.version.index('['):] + built)
";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_peer_needs_a_known_name() {
        assert_eq!(peer("luajit=/usr/bin/luajit"), Ok(("luajit".to_owned(), PathBuf::from("/usr/bin/luajit"))));
        for bad in ["luajit", "luajit=", "perl=/usr/bin/perl"] {
            assert!(peer(bad).is_err_and(|text| text.contains("rustpython")), "{bad}");
        }
    }

    #[test]
    fn a_peer_that_is_something_else_is_refused_and_one_that_is_missing_named() {
        let error = ask(LUAJIT, PathBuf::from("/bin/echo")).unwrap_err();
        assert!(error.contains("is -v, not luajit"), "{error}");
        let error = ask(LUAJIT, PathBuf::from("/no/such/luajit")).unwrap_err();
        assert!(error.contains("/no/such/luajit"), "{error}");
    }
}
