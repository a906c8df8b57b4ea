//! Expressions back to text, for annotations under `from __future__ import annotations`.
//!
//! Writes what CPython's compiler writes: one canonical spelling with the fewest parentheses, not the source's. (`ast.unparse`
//! of the standard library spells some things otherwise.)

use super::ast::{Arg, Arguments, BoolOp, CmpOp, Comprehension, Expr, ExprKind, Keyword, Operator, UnaryOp};
use crate::code::{Const, const_repr, str_repr};

/// How tightly an operator binds; an expression of a lower level than its place demands gets parentheses.
mod level {
    pub(super) const TUPLE: u8 = 0;
    pub(super) const TEST: u8 = 1;
    pub(super) const OR: u8 = 2;
    pub(super) const AND: u8 = 3;
    pub(super) const NOT: u8 = 4;
    pub(super) const CMP: u8 = 5;
    pub(super) const EXPR: u8 = 6;
    pub(super) const BOR: u8 = EXPR;
    pub(super) const BXOR: u8 = 7;
    pub(super) const BAND: u8 = 8;
    pub(super) const SHIFT: u8 = 9;
    pub(super) const ARITH: u8 = 10;
    pub(super) const TERM: u8 = 11;
    pub(super) const FACTOR: u8 = 12;
    pub(super) const POWER: u8 = 13;
    pub(super) const AWAIT: u8 = 14;
    pub(super) const ATOM: u8 = 15;
}

/// The text of an expression, in WTF-8.
pub(crate) fn unparse(e: &Expr) -> Vec<u8> {
    let mut writer = Writer { out: Vec::new() };
    writer.expr(e, level::TEST);
    writer.out
}

struct Writer {
    out: Vec<u8>,
}

impl Writer {
    fn text(&mut self, text: &str) {
        self.out.extend_from_slice(text.as_bytes());
    }

    /// Writes with parentheses around if the place binds tighter.
    fn grouped(&mut self, place: u8, own: u8, write: impl FnOnce(&mut Self)) {
        let parens = place > own;
        if parens {
            self.text("(");
        }
        write(self);
        if parens {
            self.text(")");
        }
    }

    fn list(&mut self, exprs: &[Expr], separator: &str, place: u8) {
        for (i, e) in exprs.iter().enumerate() {
            if i > 0 {
                self.text(separator);
            }
            self.expr(e, place);
        }
    }

    fn expr(&mut self, e: &Expr, place: u8) {
        match &e.kind {
            ExprKind::BoolOp { op, values } => {
                let (own, word) = if *op == BoolOp::And { (level::AND, " and ") } else { (level::OR, " or ") };
                self.grouped(place, own, |w| w.list(values, word, own + 1));
            }
            ExprKind::BinOp { left, op, right } => self.binary(left, *op, right, place),
            ExprKind::UnaryOp { op, operand } => {
                let (text, own) = match op {
                    UnaryOp::Invert => ("~", level::FACTOR),
                    UnaryOp::Not => ("not ", level::NOT),
                    UnaryOp::UAdd => ("+", level::FACTOR),
                    UnaryOp::USub => ("-", level::FACTOR),
                };
                self.grouped(place, own, |w| {
                    w.text(text);
                    w.expr(operand, own);
                });
            }
            ExprKind::Lambda { args, body } => self.grouped(place, level::TEST, |w| {
                let positional = args.args.len() + args.posonlyargs.len();
                w.text(if positional > 0 { "lambda " } else { "lambda" });
                w.arguments(args);
                w.text(": ");
                w.expr(body, level::TEST);
            }),
            ExprKind::IfExp { test, body, orelse } => self.grouped(place, level::TEST, |w| {
                w.expr(body, level::TEST + 1);
                w.text(" if ");
                w.expr(test, level::TEST + 1);
                w.text(" else ");
                w.expr(orelse, level::TEST);
            }),
            ExprKind::Dict { keys, values } => self.dict(keys, values),
            ExprKind::Set { elts } => self.enclosed("{", elts, "}"),
            ExprKind::List { elts, .. } => self.enclosed("[", elts, "]"),
            ExprKind::Tuple { elts, .. } => {
                if elts.is_empty() {
                    return self.text("()");
                }
                self.grouped(place, level::TUPLE, |w| {
                    w.list(elts, ", ", level::TEST);
                    if elts.len() == 1 {
                        w.text(",");
                    }
                });
            }
            ExprKind::GeneratorExp { elt, generators } => self.comprehension("(", elt, None, generators, ")"),
            ExprKind::ListComp { elt, generators } => self.comprehension("[", elt, None, generators, "]"),
            ExprKind::SetComp { elt, generators } => self.comprehension("{", elt, None, generators, "}"),
            ExprKind::DictComp { key, value, generators } => {
                self.comprehension("{", key, Some(value), generators, "}");
            }
            ExprKind::Yield { value: None } => self.text("(yield)"),
            ExprKind::Yield { value: Some(value) } => {
                self.text("(yield ");
                self.expr(value, level::TEST);
                self.text(")");
            }
            ExprKind::YieldFrom { value } => {
                self.text("(yield from ");
                self.expr(value, level::TEST);
                self.text(")");
            }
            ExprKind::Await { value } => self.grouped(place, level::AWAIT, |w| {
                w.text("await ");
                w.expr(value, level::ATOM);
            }),
            ExprKind::Compare { left, ops, comparators } => self.compare(left, ops, comparators, place),
            ExprKind::Call { func, args, keywords } => self.call(func, args, keywords),
            ExprKind::Constant { value, kind } => {
                if matches!(**value, Const::Ellipsis) {
                    return self.text("...");
                }
                if let Some(kind) = kind {
                    self.text(kind);
                }
                self.constant(value);
            }
            ExprKind::JoinedStr { values } => {
                let mut body = Writer { out: Vec::new() };
                values.iter().for_each(|value| body.fstring_element(value, false));
                self.text("f");
                self.text(&str_repr(&body.out));
            }
            ExprKind::FormattedValue { value, conversion, format_spec } => {
                self.formatted_value(value, *conversion, format_spec.as_deref());
            }
            ExprKind::Attribute { value, attr, .. } => {
                self.expr(value, level::ATOM);
                let integer = matches!(&value.kind, ExprKind::Constant { value, .. } if matches!(**value, Const::Int(_)));
                self.text(if integer { " ." } else { "." });
                self.text(attr);
            }
            ExprKind::Subscript { value, slice, .. } => {
                self.expr(value, level::ATOM);
                self.text("[");
                self.expr(slice, level::TUPLE);
                self.text("]");
            }
            ExprKind::Starred { value, .. } => {
                self.text("*");
                self.expr(value, level::EXPR);
            }
            ExprKind::Slice { lower, upper, step } => {
                if let Some(lower) = lower {
                    self.expr(lower, level::TEST);
                }
                self.text(":");
                if let Some(upper) = upper {
                    self.expr(upper, level::TEST);
                }
                if let Some(step) = step {
                    self.text(":");
                    self.expr(step, level::TEST);
                }
            }
            ExprKind::Name { id, .. } => self.text(id),
            ExprKind::NamedExpr { target, value } => self.grouped(place, level::TUPLE, |w| {
                w.expr(target, level::ATOM);
                w.text(" := ");
                w.expr(value, level::ATOM);
            }),
        }
    }

    fn binary(&mut self, left: &Expr, op: Operator, right: &Expr, place: u8) {
        let (text, own) = match op {
            Operator::Add => (" + ", level::ARITH),
            Operator::Sub => (" - ", level::ARITH),
            Operator::Mult => (" * ", level::TERM),
            Operator::MatMult => (" @ ", level::TERM),
            Operator::Div => (" / ", level::TERM),
            Operator::Mod => (" % ", level::TERM),
            Operator::FloorDiv => (" // ", level::TERM),
            Operator::LShift => (" << ", level::SHIFT),
            Operator::RShift => (" >> ", level::SHIFT),
            Operator::BitOr => (" | ", level::BOR),
            Operator::BitXor => (" ^ ", level::BXOR),
            Operator::BitAnd => (" & ", level::BAND),
            Operator::Pow => (" ** ", level::POWER),
        };
        let to_the_right = u8::from(op == Operator::Pow);
        self.grouped(place, own, |w| {
            w.expr(left, own + to_the_right);
            w.text(text);
            w.expr(right, own + 1 - to_the_right);
        });
    }

    fn compare(&mut self, left: &Expr, ops: &[CmpOp], comparators: &[Expr], place: u8) {
        self.grouped(place, level::CMP, |w| {
            w.expr(left, level::CMP + 1);
            for (op, comparator) in ops.iter().zip(comparators) {
                w.text(match op {
                    CmpOp::Eq => " == ",
                    CmpOp::NotEq => " != ",
                    CmpOp::Lt => " < ",
                    CmpOp::LtE => " <= ",
                    CmpOp::Gt => " > ",
                    CmpOp::GtE => " >= ",
                    CmpOp::Is => " is ",
                    CmpOp::IsNot => " is not ",
                    CmpOp::In => " in ",
                    CmpOp::NotIn => " not in ",
                });
                w.expr(comparator, level::CMP + 1);
            }
        });
    }

    fn enclosed(&mut self, open: &str, elts: &[Expr], close: &str) {
        self.text(open);
        self.list(elts, ", ", level::TEST);
        self.text(close);
    }

    fn dict(&mut self, keys: &[Option<Expr>], values: &[Expr]) {
        self.text("{");
        for (i, (key, value)) in keys.iter().zip(values).enumerate() {
            if i > 0 {
                self.text(", ");
            }
            if let Some(key) = key {
                self.expr(key, level::TEST);
                self.text(": ");
                self.expr(value, level::TEST);
            } else {
                self.text("**");
                self.expr(value, level::EXPR);
            }
        }
        self.text("}");
    }

    fn comprehension(&mut self, open: &str, elt: &Expr, value: Option<&Expr>, generators: &[Comprehension], close: &str) {
        self.text(open);
        self.expr(elt, level::TEST);
        if let Some(value) = value {
            self.text(": ");
            self.expr(value, level::TEST);
        }
        for generator in generators {
            self.text(if generator.is_async { " async for " } else { " for " });
            self.expr(&generator.target, level::TUPLE);
            self.text(" in ");
            self.expr(&generator.iter, level::TEST + 1);
            for condition in &generator.ifs {
                self.text(" if ");
                self.expr(condition, level::TEST + 1);
            }
        }
        self.text(close);
    }

    fn call(&mut self, func: &Expr, args: &[Expr], keywords: &[Keyword]) {
        self.expr(func, level::ATOM);
        if let ([Expr { kind: ExprKind::GeneratorExp { elt, generators }, .. }], []) = (args, keywords) {
            return self.comprehension("(", elt, None, generators, ")");
        }
        self.text("(");
        self.list(args, ", ", level::TEST);
        for (i, keyword) in keywords.iter().enumerate() {
            if i > 0 || !args.is_empty() {
                self.text(", ");
            }
            match &keyword.arg {
                Some(name) => {
                    self.text(name);
                    self.text("=");
                }
                None => self.text("**"),
            }
            self.expr(&keyword.value, level::TEST);
        }
        self.text(")");
    }

    fn arg(&mut self, arg: &Arg) {
        self.text(&arg.arg);
        if let Some(annotation) = &arg.annotation {
            self.text(": ");
            self.expr(annotation, level::TEST);
        }
    }

    fn default(&mut self, default: Option<&Expr>) {
        if let Some(default) = default {
            self.text("=");
            self.expr(default, level::TEST);
        }
    }

    fn arguments(&mut self, args: &Arguments) {
        let mut first = true;
        let mut separate = |w: &mut Self| {
            if !std::mem::take(&mut first) {
                w.text(", ");
            }
        };
        let posonly = args.posonlyargs.len();
        let positional = posonly + args.args.len();
        for (i, arg) in args.posonlyargs.iter().chain(&args.args).enumerate() {
            separate(self);
            self.arg(arg);
            let default = (i + args.defaults.len()).checked_sub(positional);
            self.default(default.and_then(|at| args.defaults.get(at)));
            if i + 1 == posonly {
                self.text(", /");
            }
        }
        if args.vararg.is_some() || !args.kwonlyargs.is_empty() {
            separate(self);
            self.text("*");
            if let Some(arg) = &args.vararg {
                self.arg(arg);
            }
        }
        for (arg, default) in args.kwonlyargs.iter().zip(&args.kw_defaults) {
            separate(self);
            self.arg(arg);
            self.default(default.as_ref());
        }
        if let Some(arg) = &args.kwarg {
            separate(self);
            self.text("**");
            self.arg(arg);
        }
    }

    fn constant(&mut self, value: &Const) {
        if let Const::Tuple(items) = value {
            self.text("(");
            for (i, item) in items.iter().enumerate() {
                if i > 0 {
                    self.text(", ");
                }
                self.constant(item);
            }
            self.text(if items.len() == 1 { ",)" } else { ")" });
            return;
        }
        let text = const_repr(value);
        match value {
            // An infinity has no literal of its own.
            Const::Float(f) if f.is_infinite() => self.infinities(&text),
            Const::Complex(..) => self.infinities(&text),
            _ => self.text(&text),
        }
    }

    fn infinities(&mut self, text: &str) {
        self.text(&text.replace("inf", "1e309"));
    }

    fn fstring_element(&mut self, e: &Expr, is_format_spec: bool) {
        match &e.kind {
            ExprKind::Constant { value, .. } if let Const::Str(text) = &**value => {
                for &byte in &**text {
                    self.out.push(byte);
                    if byte == b'{' || byte == b'}' {
                        self.out.push(byte);
                    }
                }
            }
            ExprKind::JoinedStr { values } if is_format_spec => {
                values.iter().for_each(|value| self.fstring_element(value, true));
            }
            _ => self.expr(e, level::TEST),
        }
    }

    fn formatted_value(&mut self, value: &Expr, conversion: i32, format_spec: Option<&Expr>) {
        let mut inner = Writer { out: Vec::new() };
        inner.expr(value, level::TEST + 1);
        // A brace right after the opening one would escape it.
        self.text(if inner.out.starts_with(b"{") { "{ " } else { "{" });
        self.out.extend(inner.out);
        match u8::try_from(conversion) {
            Ok(b'a') => self.text("!a"),
            Ok(b'r') => self.text("!r"),
            Ok(b's') => self.text("!s"),
            _ => {}
        }
        if let Some(spec) = format_spec {
            self.text(":");
            self.fstring_element(spec, true);
        }
        self.text("}");
    }
}
