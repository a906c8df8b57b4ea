//! Where an installed CPython 3.13 keeps its standard library. Only directories are looked at; no process is started.

use std::collections::BTreeSet;
use std::env;
use std::path::{Path, PathBuf};

/// Names the directory with the standard library; before anything that is found.
pub const VARIABLE: &str = "HARNESS_STDLIB";
/// The name of that directory in an installation.
const DIRECTORY: &str = "lib/python3.13";

/// Makes sure that a directory given by name is a standard library.
///
/// # Errors
///
/// What is wrong with it.
pub fn check(path: &Path) -> Result<PathBuf, String> {
    let inside = path.join(DIRECTORY);
    let found = [path, inside.as_path()].into_iter().find(|p| is_library(p));
    match found.map(|p| std::path::absolute(p).unwrap_or_else(|_| p.to_path_buf())) {
        Some(path) => Ok(path),
        None => Err(format!("{} does not hold the standard library of Python 3.13 (the directory with os.py)", path.display())),
    }
}

/// The standard library: the one [`VARIABLE`] names, else the newest patch release found in the usual places.
#[must_use]
pub fn discover() -> Option<PathBuf> {
    if let Some(named) = env::var_os(VARIABLE).filter(|v| !v.is_empty()) {
        return check(Path::new(&named)).ok();
    }
    let mut known = BTreeSet::new();
    let mut best: Option<(u32, PathBuf)> = None;
    for prefix in prefixes() {
        let library = prefix.join(DIRECTORY);
        if !is_library(&library) || !known.insert(library.clone()) {
            continue;
        }
        let patch = patch_release(&prefix);
        if best.as_ref().is_none_or(|(newest, _)| patch > *newest) {
            best = Some((patch, library));
        }
    }
    best.map(|(_, library)| library)
}

fn is_library(path: &Path) -> bool {
    // `_colorize` came with 3.13, and `asyncore` went before it.
    path.join("os.py").is_file() && path.join("_colorize.py").is_file()
}

/// Installation prefixes in order of preference among equals; most do not exist.
fn prefixes() -> Vec<PathBuf> {
    let mut out: Vec<PathBuf> = Vec::new();
    out.extend(env::var_os("PYTHONHOME").map(PathBuf::from));
    for variable in ["VIRTUAL_ENV", "CONDA_PREFIX"] {
        if let Some(prefix) = env::var_os(variable).map(PathBuf::from) {
            out.extend(virtual_base(&prefix));
            out.push(prefix);
        }
    }
    for directory in env::split_paths(&env::var_os("PATH").unwrap_or_default()) {
        let program = directory.join("python3.13");
        if let Ok(resolved) = program.canonicalize() {
            out.extend(resolved.parent().and_then(Path::parent).map(Path::to_path_buf));
        }
    }
    let home = env::var_os("HOME").map(PathBuf::from).unwrap_or_default();
    let pyenv = env::var_os("PYENV_ROOT").map_or_else(|| home.join(".pyenv"), PathBuf::from);
    out.extend(children(&pyenv.join("versions"), "3.13"));
    out.extend(["/usr/local", "/usr", "/opt/homebrew", "/opt/python3.13"].map(PathBuf::from));
    let data = env::var_os("XDG_DATA_HOME").map_or_else(|| home.join(".local/share"), PathBuf::from);
    let uv = env::var_os("UV_PYTHON_INSTALL_DIR").map_or_else(|| data.join("uv/python"), PathBuf::from);
    out.extend(children(&uv, "cpython-3.13"));
    out.extend(children(&data.join("mise/installs/python"), "3.13"));
    out.extend(children(&home.join(".asdf/installs/python"), "3.13"));
    out.extend(children(Path::new("/opt/hostedtoolcache/Python"), "3.13").into_iter().map(|p| p.join("x64")));
    for conda in ["miniconda3", "anaconda3", "miniforge3", "mambaforge", "micromamba"] {
        for root in [home.join(conda), Path::new("/opt").join(conda)] {
            out.extend(children(&root.join("envs"), ""));
            out.push(root);
        }
    }
    out.push(PathBuf::from("/opt/conda"));
    out
}

/// The installation behind a virtual environment.
fn virtual_base(environment: &Path) -> Option<PathBuf> {
    let text = std::fs::read_to_string(environment.join("pyvenv.cfg")).ok()?;
    let home = text.lines().find_map(|line| line.split_once('=').filter(|(key, _)| key.trim() == "home"))?.1.trim().to_owned();
    Path::new(&home).parent().map(Path::to_path_buf)
}

/// Entries of a directory whose names begin so, sorted.
fn children(directory: &Path, start: &str) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(directory) else { return Vec::new() };
    let mut out: Vec<PathBuf> =
        entries.flatten().filter(|e| e.file_name().to_string_lossy().starts_with(start)).map(|e| e.path()).collect();
    out.sort();
    out
}

/// The patch release of an installation as far as its files or its name tell; else 0.
fn patch_release(prefix: &Path) -> u32 {
    let header = std::fs::read_to_string(prefix.join("include/python3.13/patchlevel.h")).unwrap_or_default();
    let level = header.lines().find_map(|l| l.trim().strip_prefix("#define PY_MICRO_VERSION")?.trim().parse().ok());
    level.unwrap_or_else(|| {
        let name = prefix.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        let digits = name.split_once("3.13.").map(|(_, rest)| rest.chars().take_while(char::is_ascii_digit).collect::<String>());
        digits.and_then(|d| d.parse().ok()).unwrap_or(0)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_patch_release_comes_from_the_name_if_nothing_better_is_there() {
        assert_eq!(patch_release(Path::new("/nowhere/cpython-3.13.11-linux-x86_64-gnu")), 11);
        assert_eq!(patch_release(Path::new("/nowhere/3.13.2")), 2);
        assert_eq!(patch_release(Path::new("/nowhere/python")), 0);
    }

    #[test]
    fn a_directory_without_a_library_is_refused() {
        let error = check(Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap_err();
        assert!(error.contains("standard library"), "{error}");
    }
}
