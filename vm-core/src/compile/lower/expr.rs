//! Expressions other than strings.

use super::*;
use num_bigint::BigInt;
use num_traits::Num;

/// `sys.int_info.default_max_str_digits`.
const DECIMAL_DIGITS_MAX: usize = 4300;

pub(super) fn operator(op: ruff::Operator) -> Operator {
    match op {
        ruff::Operator::Add => Operator::Add,
        ruff::Operator::Sub => Operator::Sub,
        ruff::Operator::Mult => Operator::Mult,
        ruff::Operator::MatMult => Operator::MatMult,
        ruff::Operator::Div => Operator::Div,
        ruff::Operator::Mod => Operator::Mod,
        ruff::Operator::Pow => Operator::Pow,
        ruff::Operator::LShift => Operator::LShift,
        ruff::Operator::RShift => Operator::RShift,
        ruff::Operator::BitOr => Operator::BitOr,
        ruff::Operator::BitXor => Operator::BitXor,
        ruff::Operator::BitAnd => Operator::BitAnd,
        ruff::Operator::FloorDiv => Operator::FloorDiv,
    }
}

fn cmp_op(op: ruff::CmpOp) -> CmpOp {
    match op {
        ruff::CmpOp::Eq => CmpOp::Eq,
        ruff::CmpOp::NotEq => CmpOp::NotEq,
        ruff::CmpOp::Lt => CmpOp::Lt,
        ruff::CmpOp::LtE => CmpOp::LtE,
        ruff::CmpOp::Gt => CmpOp::Gt,
        ruff::CmpOp::GtE => CmpOp::GtE,
        ruff::CmpOp::Is => CmpOp::Is,
        ruff::CmpOp::IsNot => CmpOp::IsNot,
        ruff::CmpOp::In => CmpOp::In,
        ruff::CmpOp::NotIn => CmpOp::NotIn,
    }
}

fn context(ctx: ruff::ExprContext) -> ExprContext {
    match ctx {
        ruff::ExprContext::Store => ExprContext::Store,
        ruff::ExprContext::Del => ExprContext::Del,
        ruff::ExprContext::Load | ruff::ExprContext::Invalid => ExprContext::Load,
    }
}

fn constant(value: Const) -> ExprKind {
    ExprKind::Constant { value: value.into(), kind: None }
}

impl Lowering<'_> {
    pub(super) fn boxed(&mut self, expr: &ruff::Expr) -> Ptr<Expr> {
        Ptr::new(self.expr(expr))
    }

    pub(super) fn optional(&mut self, expr: Option<&ruff::Expr>) -> Option<Ptr<Expr>> {
        expr.map(|expr| self.boxed(expr))
    }

    pub(super) fn exprs(&mut self, list: &[ruff::Expr]) -> List<Expr> {
        list.iter().map(|expr| self.expr(expr)).collect()
    }

    pub(super) fn expr(&mut self, expr: &ruff::Expr) -> Expr {
        let loc = self.loc(expr.range());
        let kind = match expr {
            ruff::Expr::StringLiteral(node) => return self.string_literal(node),
            ruff::Expr::BytesLiteral(node) => return self.bytes_literal(node),
            ruff::Expr::FString(node) => return self.fstring(node),
            ruff::Expr::BoolOp(node) => ExprKind::BoolOp {
                op: if node.op == ruff::BoolOp::And { BoolOp::And } else { BoolOp::Or },
                values: self.exprs(&node.values),
            },
            ruff::Expr::Named(node) => ExprKind::NamedExpr { target: self.boxed(&node.target), value: self.boxed(&node.value) },
            ruff::Expr::BinOp(node) => {
                ExprKind::BinOp { left: self.boxed(&node.left), op: operator(node.op), right: self.boxed(&node.right) }
            }
            ruff::Expr::UnaryOp(node) => {
                let op = match node.op {
                    ruff::UnaryOp::Invert => UnaryOp::Invert,
                    ruff::UnaryOp::Not => UnaryOp::Not,
                    ruff::UnaryOp::UAdd => UnaryOp::UAdd,
                    ruff::UnaryOp::USub => UnaryOp::USub,
                };
                ExprKind::UnaryOp { op, operand: self.boxed(&node.operand) }
            }
            ruff::Expr::Lambda(node) => {
                let args = node.parameters.as_deref().map(|p| self.parameters(p)).unwrap_or_default();
                ExprKind::Lambda { args: Ptr::new(args), body: self.boxed(&node.body) }
            }
            ruff::Expr::If(node) => {
                ExprKind::IfExp { test: self.boxed(&node.test), body: self.boxed(&node.body), orelse: self.boxed(&node.orelse) }
            }
            ruff::Expr::Dict(node) => ExprKind::Dict {
                keys: node.items.iter().map(|item| item.key.as_ref().map(|key| self.expr(key))).collect(),
                values: node.items.iter().map(|item| self.expr(&item.value)).collect(),
            },
            ruff::Expr::Set(node) => ExprKind::Set { elts: self.exprs(&node.elts) },
            ruff::Expr::ListComp(node) => ExprKind::ListComp { elt: self.boxed(&node.elt), generators: self.generators(&node.generators) },
            ruff::Expr::SetComp(node) => ExprKind::SetComp { elt: self.boxed(&node.elt), generators: self.generators(&node.generators) },
            ruff::Expr::DictComp(node) => match &node.key {
                Some(key) => ExprKind::DictComp {
                    key: self.boxed(key),
                    value: self.boxed(&node.value),
                    generators: self.generators(&node.generators),
                },
                None => {
                    let range = node.value.range();
                    let message = "dict unpacking cannot be used in dict comprehension".into();
                    self.fail(message, range.start().to_usize(), range.end().to_usize());
                    constant(Const::None)
                }
            },
            ruff::Expr::Generator(node) => {
                ExprKind::GeneratorExp { elt: self.boxed(&node.elt), generators: self.generators(&node.generators) }
            }
            ruff::Expr::Await(node) => ExprKind::Await { value: self.boxed(&node.value) },
            ruff::Expr::Yield(node) => ExprKind::Yield { value: self.optional(node.value.as_deref()) },
            ruff::Expr::YieldFrom(node) => ExprKind::YieldFrom { value: self.boxed(&node.value) },
            ruff::Expr::Compare(node) => ExprKind::Compare {
                left: self.boxed(&node.left),
                ops: node.ops.iter().copied().map(cmp_op).collect(),
                comparators: self.exprs(&node.comparators),
            },
            ruff::Expr::Call(node) => {
                let func = self.boxed(&node.func);
                let (args, keywords) = self.arguments(&node.arguments);
                ExprKind::Call { func, args, keywords }
            }
            ruff::Expr::TString(node) => {
                let range = node.range();
                self.fail("invalid syntax".into(), range.start().to_usize(), range.end().to_usize());
                constant(Const::None)
            }
            ruff::Expr::NumberLiteral(node) => constant(self.number(node)),
            ruff::Expr::BooleanLiteral(node) => constant(Const::Bool(node.value)),
            ruff::Expr::NoneLiteral(_) => constant(Const::None),
            ruff::Expr::EllipsisLiteral(_) => constant(Const::Ellipsis),
            ruff::Expr::Attribute(node) => {
                ExprKind::Attribute { value: self.boxed(&node.value), attr: self.name(&node.attr), ctx: context(node.ctx) }
            }
            ruff::Expr::Subscript(node) => {
                ExprKind::Subscript { value: self.boxed(&node.value), slice: self.boxed(&node.slice), ctx: context(node.ctx) }
            }
            ruff::Expr::Starred(node) => ExprKind::Starred { value: self.boxed(&node.value), ctx: context(node.ctx) },
            ruff::Expr::Name(node) => ExprKind::Name { id: self.intern(node.id.as_str()), ctx: context(node.ctx) },
            ruff::Expr::List(node) => ExprKind::List { elts: self.exprs(&node.elts), ctx: context(node.ctx) },
            ruff::Expr::Tuple(node) => ExprKind::Tuple { elts: self.exprs(&node.elts), ctx: context(node.ctx) },
            ruff::Expr::Slice(node) => ExprKind::Slice {
                lower: self.optional(node.lower.as_deref()),
                upper: self.optional(node.upper.as_deref()),
                step: self.optional(node.step.as_deref()),
            },
            ruff::Expr::IpyEscapeCommand(node) => {
                let range = node.range();
                self.fail("invalid syntax".into(), range.start().to_usize(), range.end().to_usize());
                constant(Const::None)
            }
        };
        Expr { loc, kind }
    }

    fn generators(&mut self, list: &[ruff::Comprehension]) -> List<Comprehension> {
        list.iter()
            .map(|node| Comprehension {
                target: self.expr(&node.target),
                iter: self.expr(&node.iter),
                ifs: self.exprs(&node.ifs),
                is_async: node.is_async,
            })
            .collect()
    }

    /// The arguments of a call or class; a generator that is the only argument owns the call's parentheses.
    pub(super) fn arguments(&mut self, arguments: &ruff::Arguments) -> (List<Expr>, List<Keyword>) {
        let mut args = self.exprs(&arguments.args);
        if let ([ruff::Expr::Generator(generator)], [arg]) = (&*arguments.args, &mut args[..])
            && arguments.keywords.is_empty()
            && !generator.parenthesized
        {
            arg.loc = self.loc(arguments.range());
        }
        let keywords = arguments
            .keywords
            .iter()
            .map(|keyword| Keyword {
                loc: self.loc(keyword.range()),
                arg: keyword.arg.as_ref().map(|name| self.name(name)),
                value: self.expr(&keyword.value),
            })
            .collect();
        (args, keywords)
    }

    fn number(&mut self, node: &ruff::ExprNumberLiteral) -> Const {
        match &node.value {
            ruff::Number::Float(value) => Const::Float(*value),
            ruff::Number::Complex { real, imag } => Const::Complex(*real, *imag),
            ruff::Number::Int(value) => {
                if let Some(small) = value.as_u64() {
                    return Const::Int(small.into());
                }
                let (start, end) = (node.range().start().to_usize(), node.range().end().to_usize());
                let text: String = self.text(start, end).chars().filter(|c| *c != '_').collect();
                let (radix, digits) = match text.get(..2) {
                    Some("0x" | "0X") => (16, &text[2..]),
                    Some("0o" | "0O") => (8, &text[2..]),
                    Some("0b" | "0B") => (2, &text[2..]),
                    _ => (10, &text[..]),
                };
                if radix == 10 && digits.len() > DECIMAL_DIGITS_MAX {
                    let message = format!(
                        "Exceeds the limit ({DECIMAL_DIGITS_MAX} digits) for integer string conversion: value has {} digits; \
                         use sys.set_int_max_str_digits() to increase the limit - Consider hexadecimal for huge integer literals \
                         to avoid decimal conversion limits.",
                        digits.len()
                    );
                    self.fail(message, start, end);
                    return Const::None;
                }
                match BigInt::from_str_radix(digits, radix) {
                    Ok(value) => Const::Int(value.into()),
                    Err(_) => {
                        self.fail("invalid decimal literal".into(), start, end);
                        Const::None
                    }
                }
            }
        }
    }
}
