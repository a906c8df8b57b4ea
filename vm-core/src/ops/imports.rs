//! Imports.

use crate::op;
use crate::op::Next;

op! {
    /// `import name` at a level, with a from-list or None.
    IMPORT_NAME (level, from_list -- module) slow |s| {
        let (level, from_list) = (s.top(2), s.top(1));
        let name = s.name(s.oparg);
        let func = s.func();
        let locals = s.frame().namespace();
        let module = s.m.import_statement(func, locals, name, from_list, level)?;
        s.drop(2);
        s.push(module);
        Ok(Next::Done)
    }

    /// `from module import name`.
    IMPORT_FROM (module -- module, value) slow |s| {
        let module = s.top(1);
        let name = s.name(s.oparg);
        let value = s.m.import_from(module, name)?;
        s.push(value);
        Ok(Next::Done)
    }
}
