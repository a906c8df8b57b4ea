//! Classes: a function that fills the namespace, and the call that makes the class of it.
//!
//! Unlike a function (`function`), a class body runs at once, and what it must leave behind (`__classcell__`,
//! `__static_attributes__`, …) is compiled in here.

use super::{CodeGen, Op, Outcome, ScopeKind, Table, intrinsic1, str_tuple};
use crate::code::Const;
use crate::compile::ast::{ClassDef, Expr, ExprContext, ExprKind, Identifier, Stmt};
use crate::compile::instr::Location;
use crate::compile::symtable::Key;

impl<'a> CodeGen<'a> {
    pub(super) fn class(&mut self, s: &'a Stmt, def: &'a ClassDef) -> Outcome {
        let ClassDef { name, bases, keywords, decorator_list, type_params, .. } = def;
        let loc = s.loc;
        self.exprs(decorator_list)?;
        let firstlineno = decorator_list.first().map_or(loc.line, |d| d.loc.line);
        let generic = !type_params.is_empty();
        if generic {
            self.enter_type_params(name, type_params, firstlineno)?;
            self.cur.private = Some(name.clone());
            self.type_params(type_params)?;
            self.name_str(loc, ".type_params", ExprContext::Store)?;
        }
        self.class_body(s, def, firstlineno)?;
        if generic {
            self.name_str(loc, ".type_params", ExprContext::Load)?;
            self.emit_i(loc, Op::CALL_INTRINSIC_1, intrinsic1::SUBSCRIPT_GENERIC);
            self.name_str(loc, ".generic_base", ExprContext::Store)?;
            self.call_helper(loc, 2, bases, keywords, Some(".generic_base"))?;
            let code = self.finish_scope(false)?;
            self.make_closure(loc, code, 0)?;
            self.emit(loc, Op::PUSH_NULL);
            self.emit_i(loc, Op::CALL, 0);
        } else {
            self.call_helper(loc, 2, bases, keywords, None)?;
        }
        self.apply_decorators(decorator_list);
        self.name_op(loc, name, ExprContext::Store)
    }

    /// Pushes `__build_class__`, the function of the class body, and the name.
    fn class_body(&mut self, s: &'a Stmt, def: &'a ClassDef, firstlineno: i32) -> Outcome {
        let ClassDef { name, body, type_params, .. } = def;
        self.enter_scope(name, ScopeKind::Class, Key::stmt(s), firstlineno)?;
        let loc = Location { line: firstlineno, end_line: firstlineno, col: 0, end_col: 0 };
        self.cur.private = Some(name.clone());
        self.name_str(loc, "__name__", ExprContext::Load)?;
        self.name_str(loc, "__module__", ExprContext::Store)?;
        let qualname = self.cur.unit.qualname.clone();
        self.load_const(loc, Const::Str(qualname.into()));
        self.name_str(loc, "__qualname__", ExprContext::Store)?;
        self.load_int(loc, self.cur.unit.firstlineno as usize);
        self.name_str(loc, "__firstlineno__", ExprContext::Store)?;
        if !type_params.is_empty() {
            self.name_str(loc, ".type_params", ExprContext::Load)?;
            self.name_str(loc, "__type_params__", ExprContext::Store)?;
        }
        let block = self.table.block(self.cur.block);
        let (needs_class, needs_classdict) = (block.needs_class_closure, block.needs_classdict);
        if needs_classdict {
            self.emit(loc, Op::LOAD_LOCALS);
            let at = self.number_of(Table::Cellvars, &self.table.own.classdict.clone());
            self.emit_i(loc, Op::STORE_DEREF, at);
        }
        self.module_body(loc, body)?;
        let attributes = std::mem::take(&mut self.cur.static_attributes);
        self.load_const(Location::NONE, str_tuple(attributes.iter()));
        self.name_str(Location::NONE, "__static_attributes__", ExprContext::Store)?;
        if needs_classdict {
            let at = self.number_of(Table::Cellvars, &self.table.own.classdict.clone());
            self.emit_i(Location::NONE, Op::LOAD_CLOSURE, at);
            self.name_str(Location::NONE, "__classdictcell__", ExprContext::Store)?;
        }
        if needs_class {
            let at = self.number_of(Table::Cellvars, &self.table.own.class.clone());
            self.emit_i(Location::NONE, Op::LOAD_CLOSURE, at);
            self.emit_i(Location::NONE, Op::COPY, 1);
            self.name_str(Location::NONE, "__classcell__", ExprContext::Store)?;
        } else {
            self.load_const(Location::NONE, Const::None);
        }
        self.emit(Location::NONE, Op::RETURN_VALUE);
        let code = self.finish_scope(true)?;
        self.emit(s.loc, Op::LOAD_BUILD_CLASS);
        self.emit(s.loc, Op::PUSH_NULL);
        self.make_closure(s.loc, code, 0)?;
        self.load_const(s.loc, name.constant());
        Ok(())
    }

    /// Notes an attribute assigned through `self`, for the `__static_attributes__` of the class around.
    pub(super) fn note_static_attribute(&mut self, value: &Expr, attr: &Identifier, ctx: ExprContext) {
        if ctx != ExprContext::Store || !matches!(&value.kind, ExprKind::Name { id, .. } if &**id == "self") {
            return;
        }
        if let Some(class) = self.outer.iter_mut().rev().find(|unit| unit.kind == ScopeKind::Class) {
            class.static_attributes.insert(attr.clone());
        }
    }
}
