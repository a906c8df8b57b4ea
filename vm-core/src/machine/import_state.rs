//! What a machine knows about imports beyond `sys.modules` and `sys.path`; finding and loading is in `import_find.rs`.

use crate::heap::Marker;
use crate::object::value::Value;
use std::collections::HashSet;
use std::path::PathBuf;

/// See the module's text.
pub struct ImportState {
    /// The directory of the standard library's Python part, if there is one.
    pub stdlib: Option<PathBuf>,
    /// How many modules of the standard library are being run, one within the other.
    pub(super) library_depth: usize,
    /// The modules of the standard library that were made, and how many of them collections have been told of ([`ImportState::has_news`]).
    pub(super) library: Vec<Value>,
    told: usize,
    /// What `sys.dont_write_bytecode` is at first.
    pub dont_write_code: bool,
    /// Source files of loaded modules and of the main program: they may be read without permission, for tracebacks and `inspect`.
    pub sources: HashSet<String>,
    /// What stands for the first finders in `sys.meta_path`.
    pub(super) placeholders: [Value; 3],
    /// The finders themselves, once `importlib` was asked for; else `NULL`.
    pub(super) finders: [Value; 3],
    /// The hook that `importlib` put into `sys.path_hooks`, or `NULL`.
    pub(super) hook: Value,
    /// `importlib`'s `ModuleSpec` and `SourceFileLoader`, or `NULL`.
    pub(super) spec_class: Value,
    pub(super) loader_class: Value,
}

impl Default for ImportState {
    fn default() -> Self {
        ImportState {
            stdlib: None,
            dont_write_code: false,
            library_depth: 0,
            library: Vec::new(),
            told: 0,
            sources: HashSet::new(),
            placeholders: [Value::NULL; 3],
            finders: [Value::NULL; 3],
            hook: Value::NULL,
            spec_class: Value::NULL,
            loader_class: Value::NULL,
        }
    }
}

impl ImportState {
    /// Marks what it keeps alive.
    pub(super) fn trace(&self, marker: &mut Marker<'_>) {
        marker.mark_all(&self.placeholders);
        marker.mark_all(&self.finders);
        marker.mark_all(&self.library);
        for v in [self.hook, self.spec_class, self.loader_class] {
            marker.mark(v);
        }
    }

    /// Notes that a file is the source of something that is loaded.
    pub fn note_source(&mut self, path: &str) {
        self.sources.insert(path.to_owned());
    }

    /// Whether a file is the source of something that was loaded.
    #[must_use]
    pub fn is_loaded_source(&self, path: &str) -> bool {
        self.sources.contains(path)
    }

    /// Whether modules of the standard library were made since this was last asked, and all are complete.
    pub(super) fn has_news(&mut self) -> bool {
        !self.in_library() && std::mem::replace(&mut self.told, self.library.len()) != self.library.len()
    }

    /// Whether a module of the standard library is being run for the first time.
    pub(crate) const fn in_library(&self) -> bool {
        self.library_depth > 0
    }
}
