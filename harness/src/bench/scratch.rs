//! Files for the time of a measurement.

use std::fs::{self, File};
use std::path::PathBuf;
use std::process::Stdio;
use std::sync::atomic::{AtomicU32, Ordering};

/// The name of a file that no other run has, removed at the end.
#[derive(Debug)]
pub(crate) struct Scratch(pub(crate) PathBuf);

impl Scratch {
    /// A name that ends in `kind`; there is no file yet.
    pub(crate) fn new(kind: &str) -> Scratch {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        Scratch(std::env::temp_dir().join(format!("harness-{}-{number}.{kind}", std::process::id())))
    }

    /// The file, to be written to by a process.
    pub(crate) fn create(&self) -> Result<Stdio, String> {
        File::create(&self.0).map(Stdio::from).map_err(|error| format!("cannot write '{}': {error}", self.0.display()))
    }

    /// A file with that content.
    pub(crate) fn with(kind: &str, content: &[u8]) -> Result<Scratch, String> {
        let scratch = Scratch::new(kind);
        fs::write(&scratch.0, content).map_err(|error| format!("cannot write '{}': {error}", scratch.0.display()))?;
        Ok(scratch)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // One that was never written is not there to be removed.
        let _ = fs::remove_file(&self.0);
    }
}
