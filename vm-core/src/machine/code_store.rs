//! Code of modules that were compiled before. Where it is kept is the caller's business ([`CodeStore`]); when it may be used, and when it
//! is written, is decided here, as CPython's `SourceLoader.get_code` decides it for `.pyc` files that are checked by hash. In contrast to
//! those nothing is written beside anybody's source, so that `sys.dont_write_bytecode`, which is about that, has no part in it.

use super::{Machine, R};
use crate::code::packed::{PackedModule, entry::Key, pack};
use crate::compile::CompileOptions;
use crate::object::code::Code;
use crate::object::header::Gc;

/// Keeps entries by name. Neither way may fail: what is not there is compiled, what cannot be written is not.
pub trait CodeStore {
    /// The entry of that name, as it was saved; whether it still fits is not the store's to know.
    fn load(&self, name: &str) -> Option<Vec<u8>>;
    /// Saves an entry, in place of one of the same name.
    fn save(&self, name: &str, entry: &[u8]);
}

impl Machine {
    /// The code of an imported module, stored or compiled. Only compiling gives warnings, as in CPython.
    pub(crate) fn module_code(&mut self, source: &[u8], filename: &str) -> R<Gc<Code>> {
        let options = CompileOptions::default();
        let Some(store) = self.code_store.clone() else {
            let code = self.compile_text(source, filename, options)?;
            return self.new_code(&code);
        };
        let key = Key::of(source, filename, options.optimize);
        let name = key.entry_name();
        if let Some(packed) = store.load(&name).and_then(|entry| PackedModule::open(entry, &key, filename)) {
            return self.new_stored_module(packed);
        }
        let compiled = self.compile_text(source, filename, options)?;
        // What cannot run is not stored: it shall fail as soon as it is compiled.
        let code = self.new_code(&compiled)?;
        if let Some(body) = pack(&compiled) {
            store.save(&name, &key.seal(&body));
        }
        Ok(code)
    }
}
