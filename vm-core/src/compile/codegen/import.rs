//! `import` and `from … import`.
//!
//! The symbol table has already noted what they bind; here are the instructions.

use super::{CodeGen, Op, Outcome, Table, intrinsic1, str_tuple, syntax_error};
use crate::code::Const;
use crate::compile::ast::{Alias, ExprContext, Identifier};
use crate::compile::instr::Location;

impl CodeGen<'_> {
    pub(super) fn import(&mut self, loc: Location, names: &[Alias]) -> Outcome {
        for alias in names {
            self.load_int(loc, 0);
            self.load_const(loc, Const::None);
            self.emit_name(loc, Op::IMPORT_NAME, Table::Names, &alias.name);
            let split = alias.name.split_once('.');
            match (&alias.asname, split) {
                (None, None) => self.name_op(loc, &alias.name, ExprContext::Store)?,
                (None, Some((first, _))) => self.name_str(loc, first, ExprContext::Store)?,
                (Some(asname), None) => self.name_op(loc, asname, ExprContext::Store)?,
                (Some(asname), Some((_, path))) => self.import_as(loc, path, asname)?,
            }
        }
        Ok(())
    }

    /// Binds the last module of a dotted path; the first one is on the stack.
    fn import_as(&mut self, loc: Location, path: &str, asname: &Identifier) -> Outcome {
        let parts: Vec<&str> = path.split('.').collect();
        for (i, part) in parts.iter().enumerate() {
            // Not mangled.
            let part = self.made_up.intern(part);
            let at = self.number_of(Table::Names, &part);
            self.emit_i(loc, Op::IMPORT_FROM, at);
            if i + 1 < parts.len() {
                self.emit_i(loc, Op::SWAP, 2);
                self.emit(loc, Op::POP_TOP);
            }
        }
        self.name_op(loc, asname, ExprContext::Store)?;
        self.emit(loc, Op::POP_TOP);
        Ok(())
    }

    pub(super) fn import_from(&mut self, loc: Location, module: Option<&Identifier>, names: &[Alias], level: u32) -> Outcome {
        self.load_int(loc, level as usize);
        let future = self.settings.future_loc;
        let after_future = loc.line > future.end_line || loc.line == future.end_line && loc.col > future.end_col;
        if after_future && level == 0 && module.is_some_and(|m| &**m == "__future__") {
            return syntax_error(loc, "from __future__ imports must occur at the beginning of the file");
        }
        self.load_const(loc, str_tuple(names.iter().map(|a| &a.name)));
        match module {
            Some(module) => self.emit_name(loc, Op::IMPORT_NAME, Table::Names, module),
            None => {
                let empty = self.made_up.intern("");
                self.emit_name(loc, Op::IMPORT_NAME, Table::Names, &empty);
            }
        }
        for alias in names {
            if &*alias.name == "*" {
                self.emit_i(loc, Op::CALL_INTRINSIC_1, intrinsic1::IMPORT_STAR);
                self.emit(Location::NONE, Op::POP_TOP);
                return Ok(());
            }
            self.emit_name(loc, Op::IMPORT_FROM, Table::Names, &alias.name);
            self.name_op(loc, alias.asname.as_ref().unwrap_or(&alias.name), ExprContext::Store)?;
        }
        self.emit(loc, Op::POP_TOP);
        Ok(())
    }
}
