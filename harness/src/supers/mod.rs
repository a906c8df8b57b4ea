//! The superinstruction laboratory: which superinstructions quickening may use, and what a set of them is worth.
//!
//! `stretches` holds what was executed, `predict` replays the rule of quickening on it and chooses the best, `prediction` puts what was
//! saved beside it; this file reads sets from the command line and from files.

pub mod predict;
pub mod prediction;
pub mod stretches;

use std::fmt::Write;
use std::path::{Path, PathBuf};

use vm_core::adapt::fusion::SuperSet;
use vm_core::opcodes::Opcode;
use vm_core::ops::{SUPERS, Super};

/// Where a set of superinstructions comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// A set with a name.
    Named(SuperSet),
    /// The best `0` by the recording in a profile, or by a run of the program itself.
    Profile(usize, Option<PathBuf>),
    /// A list.
    File(PathBuf),
}

/// The named sets and what they hold.
pub const NAMED: &[(&str, &str)] = &[
    ("all", "every superinstruction there is"),
    ("none", "none"),
    ("cpython-3.11", "the pairs that CPython 3.11 fuses in place"),
    ("cpython-3.13", "the pairs that CPython 3.13's compiler packs, in place"),
];

/// 3.11's pairs; 3.12 has the same.
const CPYTHON_3_11: &[Opcode] = &[
    Opcode::LOAD_FAST__LOAD_FAST,
    Opcode::STORE_FAST__LOAD_FAST,
    Opcode::LOAD_CONST__LOAD_FAST,
    Opcode::LOAD_FAST__LOAD_CONST,
    Opcode::STORE_FAST__STORE_FAST,
];
/// What 3.13's compiler does where the arguments are small.
const CPYTHON_3_13: &[Opcode] = &[Opcode::LOAD_FAST__LOAD_FAST, Opcode::STORE_FAST__LOAD_FAST, Opcode::STORE_FAST__STORE_FAST];

/// Reads what `--super-set` says; files are read later.
pub fn source(text: &str) -> Result<Source, String> {
    if let Some(set) = named(text) {
        return Ok(Source::Named(set));
    }
    if let Some(rest) = text.strip_prefix("profile:") {
        let (number, file) = match rest.split_once(':') {
            Some((number, file)) => (number, Some(PathBuf::from(file))),
            None => (rest, None),
        };
        let count = number.parse().map_err(|_| format!("'{number}' is not a number; write profile:N or profile:N:PROFILE.json"))?;
        return Ok(Source::Profile(count, file));
    }
    if Path::new(text).is_file() {
        return Ok(Source::File(text.into()));
    }
    let names: Vec<&str> = NAMED.iter().map(|n| n.0).collect();
    Err(format!("neither a file nor one of {}, profile:N, profile:N:PROFILE.json", names.join(", ")))
}

/// A set by its name.
#[must_use]
pub fn named(name: &str) -> Option<SuperSet> {
    let of = |ops: &[Opcode]| ops.iter().filter_map(|&op| Super::of(op)).collect();
    Some(match name {
        "all" => SuperSet::ALL,
        "none" => SuperSet::NONE,
        "cpython-3.11" => of(CPYTHON_3_11),
        "cpython-3.13" => of(CPYTHON_3_13),
        _ => return None,
    })
}

/// Reads a list: a superinstruction a line, as its name or as its components' names; what is behind a `#` is ignored.
pub fn read_list(path: &Path) -> Result<SuperSet, String> {
    let text = std::fs::read_to_string(path).map_err(|e| format!("cannot read '{}': {e}", path.display()))?;
    let mut members = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let words: Vec<&str> = line.split('#').next().unwrap_or_default().split_whitespace().collect();
        if words.is_empty() {
            continue;
        }
        let name = words.join("__");
        match SUPERS.iter().find(|s| s.opcode.name() == name) {
            Some(member) => members.push(member),
            None => {
                let at = format!("{}:{}", path.display(), number + 1);
                return Err(format!("{at}: '{name}' is no superinstruction; 'harness super list' shows those there are"));
            }
        }
    }
    Ok(members.into_iter().collect())
}

/// A set as a list that [`read_list`] reads.
#[must_use]
pub fn list(set: &SuperSet) -> String {
    let mut out = format!("# {} superinstructions\n", set.len());
    for s in set.iter() {
        let _ = writeln!(out, "{}", s.opcode.name());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_by_name() {
        assert_eq!(named("all").unwrap().len(), SUPERS.len());
        assert!(named("none").unwrap().is_empty());
        assert_eq!(named("cpython-3.11").unwrap().len(), 5);
        assert_eq!(named("cpython-3.13").unwrap().len(), 3);
        assert_eq!(source("profile:7").unwrap(), Source::Profile(7, None));
        assert_eq!(source("profile:7:a:b.json").unwrap(), Source::Profile(7, Some("a:b.json".into())));
        assert!(source("profile:x").is_err() && source("no such file").is_err());
    }

    #[test]
    fn a_list_is_read_back() {
        let path = std::env::temp_dir().join(format!("supers-{}", std::process::id()));
        let set = named("cpython-3.11").unwrap();
        std::fs::write(&path, list(&set) + "\nLOAD_FAST BINARY_OP  # by its components\n").unwrap();
        let read = read_list(&path).unwrap();
        assert_eq!(read.len(), 6);
        assert!(set.iter().all(|s| read.iter().any(|r| r == s)));
        std::fs::write(&path, "LOAD_FAST__LOAD_FAST\nLOAD_FAST__NOTHING\n").unwrap();
        let error = read_list(&path).unwrap_err();
        assert!(error.contains(":2: 'LOAD_FAST__NOTHING'"), "{error}");
        std::fs::remove_file(&path).unwrap();
    }
}
