//! Laying a suite out: a directory for each benchmark with its files, the packages it imports, and the stand-in for `pyperf`.

use std::fs;
use std::io::{Cursor, Read};
use std::path::{Component, Path, PathBuf};

use super::fetch::fetch;
use super::golden::{Benchmark, Suite};

/// The stand-in.
const PYPERF: &str = include_str!("pyperf.py");
/// Where the benchmarks are in the wheel.
const INSIDE: &str = "pyperformance/data-files/benchmarks/";

/// The directory of one benchmark.
#[must_use]
pub fn directory(stage: &Path, benchmark: &str) -> PathBuf {
    stage.join(format!("bm_{benchmark}"))
}

/// Lays the benchmarks out below the cache; the directory that holds them.
pub fn stage(suite: &Suite, benchmarks: &[Benchmark], cache: &Path, wheel: Option<&Path>) -> Result<PathBuf, String> {
    let stage = cache.join(format!("{}-{}", suite.distribution.project, suite.distribution.version));
    let missing = |b: &&Benchmark| !directory(&stage, &b.name).join("run_benchmark.py").is_file();
    let missing: Vec<&Benchmark> = benchmarks.iter().filter(missing).collect();
    if !missing.is_empty() {
        let file = fetch(&suite.distribution, cache, wheel)?;
        let names: Vec<String> = missing.iter().map(|b| format!("bm_{}/", b.name)).collect();
        unzip(&file, &stage, |name| {
            let inner = name.strip_prefix(INSIDE)?;
            names.iter().any(|n| inner.starts_with(n.as_str())).then(|| inner.to_owned())
        })?;
    }
    for benchmark in benchmarks {
        let place = directory(&stage, &benchmark.name);
        for package in &benchmark.packages {
            if place.join(package).is_dir() {
                continue;
            }
            let Some(distribution) = suite.packages.get(package) else { return Err(format!("unknown package '{package}'")) };
            let file = fetch(distribution, cache, None)?;
            let start = format!("{package}/");
            // An archive of sources has a directory around everything.
            let around = format!("{}-{}/", distribution.project, distribution.version);
            let keep = |name: &str| {
                let inner = name.strip_prefix(around.as_str()).unwrap_or(name);
                inner.starts_with(start.as_str()).then(|| inner.to_owned())
            };
            if distribution.file.ends_with(".whl") { unzip(&file, &place, keep)? } else { untar(&file, &place, keep)? }
        }
        write(&place.join("pyperf.py"), PYPERF.as_bytes())?;
    }
    Ok(stage)
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), String> {
    let fail = |e: std::io::Error| format!("cannot write '{}': {e}", path.display());
    if fs::read(path).is_ok_and(|old| old == bytes) {
        return Ok(());
    }
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent).map_err(fail)?;
    }
    reports::atomic::write(path, bytes).map_err(|e| e.to_string())
}

/// Where a member of an archive goes; nothing outside the directory.
fn target(root: &Path, name: &str) -> Option<PathBuf> {
    let relative = Path::new(name);
    relative.components().all(|c| matches!(c, Component::Normal(_))).then(|| root.join(relative))
}

fn unzip(file: &Path, root: &Path, keep: impl Fn(&str) -> Option<String>) -> Result<(), String> {
    let damaged = |e: String| format!("'{}' is damaged: {e}", file.display());
    let bytes = fs::read(file).map_err(|e| damaged(e.to_string()))?;
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|e| damaged(e.to_string()))?;
    for i in 0..archive.len() {
        let mut member = archive.by_index(i).map_err(|e| damaged(e.to_string()))?;
        let Some(path) = keep(member.name()).filter(|_| member.is_file()).and_then(|name| target(root, &name)) else { continue };
        let mut contents = Vec::new();
        member.read_to_end(&mut contents).map_err(|e| damaged(e.to_string()))?;
        write(&path, &contents)?;
    }
    Ok(())
}

fn untar(file: &Path, root: &Path, keep: impl Fn(&str) -> Option<String>) -> Result<(), String> {
    let damaged = |e: std::io::Error| format!("'{}' is damaged: {e}", file.display());
    let compressed = fs::File::open(file).map_err(damaged)?;
    let mut archive = tar::Archive::new(flate2::read::GzDecoder::new(compressed));
    for member in archive.entries().map_err(damaged)? {
        let mut member = member.map_err(damaged)?;
        let name = String::from_utf8_lossy(&member.path_bytes()).into_owned();
        let wanted = member.header().entry_type().is_file();
        let Some(path) = keep(&name).filter(|_| wanted).and_then(|name| target(root, &name)) else { continue };
        let mut contents = Vec::new();
        member.read_to_end(&mut contents).map_err(damaged)?;
        write(&path, &contents)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_stay_inside() {
        let root = Path::new("/r");
        assert_eq!(target(root, "a/b.py"), Some(PathBuf::from("/r/a/b.py")));
        assert_eq!(target(root, "../b.py"), None);
        assert_eq!(target(root, "/b.py"), None);
    }
}
