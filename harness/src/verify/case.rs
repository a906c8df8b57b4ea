//! What is verified: programs with what CPython made of them, from the list of workloads or from a directory of conformance programs.

use std::fs;
use std::path::{Path, PathBuf};

use crate::bench::manifest::{self, Size};

/// How much of standard error is compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stderr {
    /// Nothing.
    Any,
    /// The last line.
    LastLine(String),
    /// All of it.
    Whole(Vec<u8>),
}

/// One program and what it must do.
#[derive(Clone, Debug)]
pub struct Case {
    /// Its name.
    pub name: String,
    /// The working directory.
    pub directory: PathBuf,
    /// The file, as the command line names it.
    pub file: String,
    /// Its arguments.
    pub args: Vec<String>,
    /// Options of the harness it needs, such as `--allow-read`.
    pub options: Vec<String>,
    /// Standard output.
    pub stdout: Vec<u8>,
    /// Exit status.
    pub status: i32,
    /// Standard error.
    pub stderr: Stderr,
}

fn read(path: &Path) -> Result<Vec<u8>, String> {
    fs::read(path).map_err(|e| format!("cannot read '{}': {e}", path.display()))
}

/// The workloads of a directory at a size; those named, or all.
pub fn workloads(directory: &Path, size: Size, names: &[String]) -> Result<Vec<Case>, String> {
    let listed = manifest::workloads(directory, size).map_err(|e| e.to_string())?;
    if let Some(unknown) = names.iter().find(|n| !listed.iter().any(|w| w.name == **n)) {
        let known: Vec<&str> = listed.iter().map(|w| w.name.as_str()).collect();
        return Err(format!("unknown workload '{unknown}'; there are {}", known.join(", ")));
    }
    listed
        .into_iter()
        .filter(|w| names.is_empty() || names.contains(&w.name))
        .map(|w| {
            let expected = w.expected_output.ok_or_else(|| format!("workload '{}' has no expected output", w.name))?;
            Ok(Case {
                name: w.name,
                directory: PathBuf::from("."),
                file: w.path.to_string_lossy().into_owned(),
                args: w.args,
                options: Vec::new(),
                stdout: read(&expected)?,
                status: w.exit_status,
                stderr: Stderr::Any,
            })
        })
        .collect()
}

/// The conformance programs below a directory (its README describes the layout); those whose names begin with one of `names`, or all.
pub fn programs(directory: &Path, names: &[String]) -> Result<Vec<Case>, String> {
    let list = |path: &Path| -> Result<Vec<PathBuf>, String> {
        let entries = fs::read_dir(path).map_err(|e| format!("cannot read '{}': {e}", path.display()))?;
        let mut paths: Vec<PathBuf> = entries.filter_map(|e| e.ok().map(|e| e.path())).collect();
        paths.sort();
        Ok(paths)
    };
    let mut cases = Vec::new();
    for feature in list(directory)?.iter().filter(|p| p.is_dir()) {
        for path in list(feature)? {
            let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            if path.extension().is_none_or(|e| e != "py") || stem.starts_with('_') || !path.with_extension("out").is_file() {
                continue;
            }
            let feature_name = feature.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let name = format!("{feature_name}/{stem}");
            if names.is_empty() || names.iter().any(|n| name.starts_with(n.trim_end_matches(".py"))) {
                cases.push(program(directory, &path, name)?);
            }
        }
    }
    if cases.is_empty() {
        return Err(format!("no programs with expected output in '{}'", directory.display()));
    }
    Ok(cases)
}

/// Lines at the start of a program among which `# harness: OPTION…` is looked for.
const OPTION_LINES: usize = 5;

fn program(directory: &Path, path: &Path, name: String) -> Result<Case, String> {
    let (mut status, mut stderr) = (0, Stderr::LastLine(String::new()));
    let exit = path.with_extension("exit");
    if exit.is_file() {
        let text = String::from_utf8_lossy(&read(&exit)?).into_owned();
        let mut lines = text.lines();
        let first = lines.next().unwrap_or_default();
        status = first.trim().parse().map_err(|_| format!("'{}' does not begin with an exit status", exit.display()))?;
        stderr = Stderr::LastLine(lines.next().unwrap_or_default().to_owned());
    }
    let whole = path.with_extension("stderr");
    if whole.is_file() {
        stderr = Stderr::Whole(read(&whole)?);
    }
    let source = read(path)?;
    let options = source.split(|&b| b == b'\n').take(OPTION_LINES).find_map(|line| line.strip_prefix(b"# harness: "));
    let options = options.map_or(String::new(), |line| String::from_utf8_lossy(line).into_owned());
    Ok(Case {
        options: options.split_whitespace().map(str::to_owned).collect(),
        file: format!("{name}.py"),
        name,
        directory: directory.to_owned(),
        args: Vec::new(),
        stdout: read(&path.with_extension("out"))?,
        status,
        stderr,
    })
}

/// Known failures: `NAME reason` a line; empty lines and those that begin with `#` say nothing. No file, no failures.
pub fn known_failures(path: &Path) -> Result<Vec<(String, String)>, String> {
    if !path.is_file() {
        return Ok(Vec::new());
    }
    let text = String::from_utf8_lossy(&read(path)?).into_owned();
    let mut known = Vec::new();
    for line in text.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with('#')) {
        match line.split_once(char::is_whitespace) {
            Some((name, reason)) => known.push((name.to_owned(), reason.trim().to_owned())),
            None => return Err(format!("'{}': '{line}' is listed without a reason", path.display())),
        }
    }
    Ok(known)
}
