//! Getting a distribution file: from a path, from the cache, or through an installed `pip`.
//!
//! `pip` is asked because it knows what this program cannot: the user's package index, proxies, certificates and credentials. A client
//! for HTTPS of its own would bring a TLS library and fail behind a proxy with a certificate of its own. Whatever the way, the file's
//! SHA-256 must be the pinned one.

use std::path::{Path, PathBuf};
use std::process::Command;

use sha2::{Digest, Sha256};

use super::golden::Distribution;

/// A distribution's file; `given` instead of the cache's.
pub fn fetch(distribution: &Distribution, cache: &Path, given: Option<&Path>) -> Result<PathBuf, String> {
    if let Some(path) = given {
        check(path, distribution)?;
        return Ok(path.to_owned());
    }
    let place = cache.join("files");
    let path = place.join(&distribution.file);
    if path.is_file() && check(&path, distribution).is_ok() {
        return Ok(path);
    }
    std::fs::create_dir_all(&place).map_err(|e| format!("cannot create '{}': {e}", place.display()))?;
    download(distribution, &place)?;
    check(&path, distribution)?;
    Ok(path)
}

fn check(path: &Path, distribution: &Distribution) -> Result<(), String> {
    let bytes = std::fs::read(path).map_err(|e| format!("cannot read '{}': {e}", path.display()))?;
    let sum: String = Sha256::digest(&bytes).iter().map(|b| format!("{b:02x}")).collect();
    if sum == distribution.sha256 {
        Ok(())
    } else {
        Err(format!("'{}' is not {}: its SHA-256 is {sum}, not {}", path.display(), distribution.file, distribution.sha256))
    }
}

/// Commands that are `pip`, in order of preference.
const PIPS: &[&[&str]] = &[&["pip"], &["pip3"], &["python3", "-m", "pip"], &["python", "-m", "pip"]];

fn download(distribution: &Distribution, place: &Path) -> Result<(), String> {
    let Distribution { project, version, file, .. } = distribution;
    let form: &[&str] = if file.ends_with(".whl") { &["--only-binary", ":all:"] } else { &["--no-binary", ":all:"] };
    let mut said = String::new();
    for pip in PIPS {
        let mut command = Command::new(pip[0]);
        command.args(&pip[1..]).args(["download", "--quiet", "--no-deps", "--disable-pip-version-check"]).args(form);
        command.arg("--dest").arg(place).arg(format!("{project}=={version}"));
        match command.output() {
            Ok(output) if output.status.success() || place.join(file).is_file() => return Ok(()),
            Ok(output) => said = String::from_utf8_lossy(&output.stderr).trim().lines().next_back().unwrap_or_default().to_owned(),
            Err(error) if said.is_empty() => said = format!("'{}': {error}", pip[0]),
            Err(_) => {}
        }
    }
    Err(format!("cannot download {file} with pip ({said}); give the file with --wheel, or put it into '{}'", place.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_file_is_refused() {
        let path = std::env::temp_dir().join(format!("fetch-test-{}", std::process::id()));
        std::fs::write(&path, "hello").unwrap();
        let sum = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";
        let mut d = Distribution { project: "p".into(), version: "1".into(), file: "p-1.whl".into(), sha256: sum.into() };
        assert_eq!(fetch(&d, Path::new("/nowhere"), Some(&path)), Ok(path.clone()));
        d.sha256 = "00".into();
        assert!(fetch(&d, Path::new("/nowhere"), Some(&path)).unwrap_err().contains("SHA-256"));
        std::fs::remove_file(&path).unwrap();
    }
}
