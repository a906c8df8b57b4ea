//! Modules that CPython has in C and that run here from the library's Python versions (`_elementtree`):
//! their exceptions carry other texts. This makes them say what the C versions say, by code that runs in their namespaces after their own.

use super::{Machine, R};
use crate::object::value::Value;

/// What is amended: a module, and the code.
struct Amendment {
    module: &'static str,
    code: &'static str,
}

/// Elements list their attributes.
const ELEMENTS: &str = include_str!("amend/elementtree.py");

static AMENDMENTS: &[Amendment] = &[Amendment { module: "xml.etree.ElementTree", code: ELEMENTS }];

impl Machine {
    /// Amends a module of the standard library that has just been run, if it is one of these.
    pub(super) fn amend_module(&mut self, name: &str, module: Value) -> R<()> {
        let Some(of) = AMENDMENTS.iter().find(|a| a.module == name) else { return Ok(()) };
        let dict = self.module_dict(module);
        let code = self.module_code(of.code.as_bytes(), &format!("<{name}>"))?;
        if self.run_in(code, dict).is_err() {
            // The library is another patch release, where names differ; its own texts will do.
            self.take_raised();
            tracing::debug!(module = name, "not amended");
            return Ok(());
        }
        Ok(())
    }
}
