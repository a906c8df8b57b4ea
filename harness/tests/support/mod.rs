//! Where the tests find what they run.

use std::path::{Path, PathBuf};

/// A directory of this repository.
pub(crate) fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path)
}
