//! Writing a file so that a reader sees the old content or the new, never half of it.

use std::fs;
use std::io::Write;
use std::path::Path;

use crate::error::ReportError;

/// Creates `directory` and its parents if need be.
pub fn create_directory(directory: &Path) -> Result<(), ReportError> {
    fs::create_dir_all(directory).map_err(|error| ReportError::io("create directory", directory, error))
}

/// Writes `bytes` to a temporary file beside `path`, flushes it to the disk, and renames it to `path`. On failure the
/// temporary file is removed and whatever `path` held before is untouched.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), ReportError> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let temporary = path.with_file_name(format!(".{name}.{}.tmp", std::process::id()));
    let attempt = || {
        let mut file = fs::File::create(&temporary)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(&temporary, path)
    };
    attempt().map_err(|error| {
        // Nothing better can be done if removing fails too: the first error is the one to report.
        let _ = fs::remove_file(&temporary);
        ReportError::io("write", path, error)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_directory_that_does_not_exist_is_a_clear_error() {
        let path = std::env::temp_dir().join(format!("no-such-{}/x.json", std::process::id()));
        let message = write(&path, b"{}").unwrap_err().to_string();
        assert!(message.starts_with("cannot write '") && message.contains("x.json"), "{message}");
    }

    #[test]
    fn nothing_but_the_file_is_left_behind() {
        let directory = std::env::temp_dir().join(format!("atomic-{}", std::process::id()));
        create_directory(&directory).unwrap();
        let path = directory.join("x.json");
        write(&path, b"old").unwrap();
        write(&path, b"new").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"new");
        assert_eq!(fs::read_dir(&directory).unwrap().count(), 1);
        fs::remove_dir_all(&directory).unwrap();
    }
}
