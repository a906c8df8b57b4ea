//! Displays of lists, tuples, sets and dicts, and f-strings.
//!
//! What they share: constants are built at once, and more than a guideline's worth of values is not piled on the stack but
//! added one by one.

use super::{CodeGen, Op, Outcome, STACK_USE_GUIDELINE, Table, intrinsic1};
use crate::code::Const;
use crate::compile::ast::{Expr, ExprContext, ExprKind};
use crate::compile::fold::frozenset;
use crate::compile::instr::Location;

/// The instructions that build one kind of container.
#[derive(Clone, Copy)]
pub(super) struct Builder {
    build: Op,
    add: Op,
    extend: Op,
    tuple: bool,
}

/// Lists.
const LIST: Builder = Builder { build: Op::BUILD_LIST, add: Op::LIST_APPEND, extend: Op::LIST_EXTEND, tuple: false };
/// Tuples, which are built as lists where they cannot be built at once.
pub(super) const TUPLE: Builder = Builder { tuple: true, ..LIST };
/// Sets.
const SET: Builder = Builder { build: Op::BUILD_SET, add: Op::SET_ADD, extend: Op::SET_UPDATE, tuple: false };

fn constant(e: &Expr) -> Option<&Const> {
    match &e.kind {
        ExprKind::Constant { value, .. } => Some(value),
        _ => None,
    }
}

impl<'a> CodeGen<'a> {
    pub(super) fn list_or_tuple(&mut self, loc: Location, elts: &'a [Expr], ctx: ExprContext, tuple: bool) -> Outcome {
        match ctx {
            ExprContext::Store => self.unpack_into(loc, elts),
            ExprContext::Load => self.star_unpack(loc, elts, 0, if tuple { TUPLE } else { LIST }, None),
            ExprContext::Del => self.exprs(elts),
        }
    }

    pub(super) fn set(&mut self, loc: Location, elts: &'a [Expr]) -> Outcome {
        self.star_unpack(loc, elts, 0, SET, None)
    }

    /// Builds a container of what is pushed already and of `elts`, followed by the variable `extra` if there is one.
    pub(super) fn star_unpack(&mut self, loc: Location, elts: &'a [Expr], pushed: usize, builder: Builder, extra: Option<&str>) -> Outcome {
        let count = elts.len() + usize::from(extra.is_some());
        if count > 2
            && extra.is_none()
            && elts.iter().all(|e| constant(e).is_some())
            && let Some(values) = elts.iter().map(|e| constant(e).cloned()).collect::<Option<Vec<Const>>>()
        {
            self.constant_container(loc, values, pushed, builder);
            return Ok(());
        }
        let big = count + pushed > STACK_USE_GUIDELINE;
        let starred = elts.iter().any(|e| matches!(e.kind, ExprKind::Starred { .. }));
        if !starred && !big {
            for elt in elts {
                self.expr(elt)?;
            }
            if let Some(name) = extra {
                self.name_str(loc, name, ExprContext::Load)?;
            }
            self.emit_i(loc, if builder.tuple { Op::BUILD_TUPLE } else { builder.build }, count + pushed);
            return Ok(());
        }
        let mut built = big;
        if big {
            self.emit_i(loc, builder.build, pushed);
        }
        for (i, elt) in elts.iter().enumerate() {
            if let ExprKind::Starred { value, .. } = &elt.kind {
                if !built {
                    self.emit_i(loc, builder.build, i + pushed);
                    built = true;
                }
                self.expr(value)?;
                self.emit_i(loc, builder.extend, 1);
            } else {
                self.expr(elt)?;
                if built {
                    self.emit_i(loc, builder.add, 1);
                }
            }
        }
        if let Some(name) = extra {
            self.name_str(loc, name, ExprContext::Load)?;
            self.emit_i(loc, builder.add, 1);
        }
        if builder.tuple {
            self.emit_i(loc, Op::CALL_INTRINSIC_1, intrinsic1::LIST_TO_TUPLE);
        }
        Ok(())
    }

    fn constant_container(&mut self, loc: Location, values: Vec<Const>, pushed: usize, builder: Builder) {
        if builder.tuple && pushed == 0 {
            self.load_const(loc, Const::Tuple(values.into()));
            return;
        }
        self.emit_i(loc, builder.build, pushed);
        let folded = if builder.add == Op::SET_ADD { frozenset(values) } else { Const::Tuple(values.into()) };
        self.load_const(loc, folded);
        self.emit_i(loc, builder.extend, 1);
        if builder.tuple {
            self.emit_i(loc, Op::CALL_INTRINSIC_1, intrinsic1::LIST_TO_TUPLE);
        }
    }

    /// Builds a dict of pairs without `**`.
    fn sub_dict(&mut self, loc: Location, keys: &'a [Option<Expr>], values: &'a [Expr]) -> Outcome {
        let n = values.len();
        let big = n * 2 > STACK_USE_GUIDELINE;
        if n > 1 && !big {
            let constants: Option<Vec<Const>> = keys.iter().map(|k| k.as_ref().and_then(constant).cloned()).collect();
            if let Some(constants) = constants {
                self.exprs(values)?;
                self.load_const(loc, Const::Tuple(constants.into()));
                self.emit_i(loc, Op::BUILD_CONST_KEY_MAP, n);
                return Ok(());
            }
        }
        if big {
            self.emit_i(loc, Op::BUILD_MAP, 0);
        }
        for (key, value) in keys.iter().zip(values) {
            if let Some(key) = key {
                self.expr(key)?;
            }
            self.expr(value)?;
            if big {
                self.emit_i(loc, Op::MAP_ADD, 1);
            }
        }
        if !big {
            self.emit_i(loc, Op::BUILD_MAP, n);
        }
        Ok(())
    }

    pub(super) fn dict(&mut self, loc: Location, keys: &'a [Option<Expr>], values: &'a [Expr]) -> Outcome {
        let (mut have_dict, mut pending) = (false, 0);
        for (i, (key, value)) in keys.iter().zip(values).enumerate() {
            if key.is_none() {
                if pending > 0 {
                    self.merge_sub_dict(loc, &keys[i - pending..i], &values[i - pending..i], &mut have_dict)?;
                    pending = 0;
                }
                if !have_dict {
                    self.emit_i(loc, Op::BUILD_MAP, 0);
                    have_dict = true;
                }
                self.expr(value)?;
                self.emit_i(loc, Op::DICT_UPDATE, 1);
            } else if pending * 2 > STACK_USE_GUIDELINE {
                self.merge_sub_dict(loc, &keys[i - pending..=i], &values[i - pending..=i], &mut have_dict)?;
                pending = 0;
            } else {
                pending += 1;
            }
        }
        let rest = values.len() - pending;
        if pending > 0 {
            self.merge_sub_dict(loc, &keys[rest..], &values[rest..], &mut have_dict)?;
        }
        if !have_dict {
            self.emit_i(loc, Op::BUILD_MAP, 0);
        }
        Ok(())
    }

    fn merge_sub_dict(&mut self, loc: Location, keys: &'a [Option<Expr>], values: &'a [Expr], have_dict: &mut bool) -> Outcome {
        self.sub_dict(loc, keys, values)?;
        if *have_dict {
            self.emit_i(loc, Op::DICT_UPDATE, 1);
        }
        *have_dict = true;
        Ok(())
    }

    pub(super) fn joined_str(&mut self, loc: Location, values: &'a [Expr]) -> Outcome {
        if values.len() > STACK_USE_GUIDELINE {
            self.load_str(loc, "");
            let join = self.made_up.intern("join");
            self.emit_name(loc, Op::LOAD_METHOD, Table::Names, &join);
            self.emit_i(loc, Op::BUILD_LIST, 0);
            for value in values {
                self.expr(value)?;
                self.emit_i(loc, Op::LIST_APPEND, 1);
            }
            self.emit_i(loc, Op::CALL, 1);
            return Ok(());
        }
        self.exprs(values)?;
        match values.len() {
            0 => self.load_str(loc, ""),
            1 => {}
            n => self.emit_i(loc, Op::BUILD_STRING, n),
        }
        Ok(())
    }

    pub(super) fn formatted_value(&mut self, loc: Location, value: &'a Expr, conversion: i32, format_spec: Option<&'a Expr>) -> Outcome {
        self.expr(value)?;
        let convert = match u8::try_from(conversion) {
            Ok(b's') => Some(1),
            Ok(b'r') => Some(2),
            Ok(b'a') => Some(3),
            _ => None,
        };
        if let Some(convert) = convert {
            self.emit_i(loc, Op::CONVERT_VALUE, convert);
        }
        if let Some(spec) = format_spec {
            self.expr(spec)?;
            self.emit(loc, Op::FORMAT_WITH_SPEC);
        } else {
            self.emit(loc, Op::FORMAT_SIMPLE);
        }
        Ok(())
    }
}
