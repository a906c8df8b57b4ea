//! The native functions that a specialised CALL is for, by identity, as in CPython's `callable_cache`: a program may put others under
//! their names, or theirs under others.

use super::Machine;
use crate::heap::Marker;
use crate::object::value::Value;

/// See the module.
#[derive(Debug)]
pub struct Callables {
    /// `len`.
    pub len: Value,
    /// `isinstance`.
    pub isinstance: Value,
    /// `list.append`.
    pub list_append: Value,
}

impl Default for Callables {
    fn default() -> Callables {
        Callables { len: Value::NULL, isinstance: Value::NULL, list_append: Value::NULL }
    }
}

impl Callables {
    /// Finds them, once `builtins` is filled.
    pub(crate) fn find(m: &mut Machine) {
        let [len, isinstance, append] = ["len", "isinstance", "append"].map(|name| m.intern(name));
        let builtin = |name| m.builtins.get_str(m, name).unwrap_or(Value::NULL);
        let methods = m.types.list.dict.get();
        m.callables = Callables {
            len: builtin(len),
            isinstance: builtin(isinstance),
            list_append: methods.and_then(|d| d.get_str(m, append)).unwrap_or(Value::NULL),
        };
    }

    /// Marks them.
    pub(crate) fn trace(&self, marker: &mut Marker<'_>) {
        marker.mark_all(&[self.len, self.isinstance, self.list_append]);
    }
}
