//! What a machine knows about imports beyond `sys.modules` and `sys.path`; finding and loading is in `import_find.rs`.

use std::collections::HashSet;
use std::path::PathBuf;

/// See the module's text.
#[derive(Debug, Default)]
pub struct ImportState {
    /// The directory of the standard library's Python part, if there is one.
    pub stdlib: Option<PathBuf>,
    /// Source files of loaded modules and of the main program: they may be read without permission, for tracebacks and `inspect`.
    pub sources: HashSet<String>,
}

impl ImportState {
    /// Whether a file is the source of something that was loaded.
    #[must_use]
    pub fn is_loaded_source(&self, path: &str) -> bool {
        self.sources.contains(path)
    }
}
