//! Expressions: operators by how strongly they bind, primaries, displays and comprehensions.

use super::kind::{Pos, T, binds, operator};
use super::{Bail, P, Parser, may_be_constant};
use crate::code::Const;
use crate::compile::ast::{BoolOp, CmpOp, Comprehension, Expr, ExprContext, ExprKind, List, Operator, Ptr, UnaryOp};
use num_bigint::BigInt;
use num_traits::Num;
use smallvec::SmallVec;

/// `sys.int_info.default_max_str_digits`.
const DECIMAL_DIGITS_MAX: usize = 4300;
/// Digits that fit a machine word in any case.
const WORD_DIGITS: usize = 18;
/// The same, of a hexadecimal number.
const HEX_DIGITS: usize = 16;

fn constant(value: Const) -> ExprKind {
    ExprKind::Constant { value: value.into(), kind: None }
}

impl Parser<'_> {
    /// `expression`: a condition or a lambda.
    pub(super) fn expression(&mut self) -> P<Expr> {
        let start = self.tok.from;
        let body = match self.tok.kind {
            T::Name | T::Number | T::Str | T::None | T::True | T::False | T::OpenParen | T::OpenSquare | T::OpenBrace => {
                let first = self.primary()?;
                let next = self.tok.kind;
                if next.binding() == 0 && !matches!(next, T::DoubleStar | T::If) {
                    return Ok(first);
                }
                let first = self.power_of(start, first)?;
                self.operators(start, first, binds::OR)?
            }
            T::Lambda => return self.deeper(Self::lambda),
            _ => self.binary(binds::OR)?,
        };
        if self.tok.kind != T::If {
            return Ok(body);
        }
        self.deeper(|this| {
            this.advance()?;
            let test = Ptr::new(this.binary(binds::OR)?);
            this.expect(T::Else)?;
            let orelse = Ptr::new(this.expression()?);
            Ok(Expr { loc: this.loc(start), kind: ExprKind::IfExp { test, body: Ptr::new(body), orelse } })
        })
    }

    /// `named_expression`: an expression that may be bound to a name.
    pub(super) fn named_expression(&mut self) -> P<Expr> {
        let (start, kind) = (self.tok.from, self.tok.kind);
        let e = self.expression()?;
        if self.tok.kind == T::ColonEqual { self.bound_to(start, kind, e) } else { Ok(e) }
    }

    /// Behind a name: `:=` and what is bound to it. `kind` is what the name's expression started with.
    pub(super) fn bound_to(&mut self, start: Pos, kind: T, mut name: Expr) -> P<Expr> {
        if kind != T::Name || !matches!(name.kind, ExprKind::Name { .. }) {
            return Err(Bail);
        }
        self.advance()?;
        let value = Ptr::new(self.deeper(Self::expression)?);
        self.store(&mut name)?;
        Ok(Expr { loc: self.loc(start), kind: ExprKind::NamedExpr { target: Ptr::new(name), value } })
    }

    /// `star_expression`, or `star_named_expression` where names may be bound.
    pub(super) fn starred_or(&mut self, named: bool) -> P<Expr> {
        if self.tok.kind == T::Star {
            self.starred()
        } else if named {
            self.named_expression()
        } else {
            self.expression()
        }
    }

    fn starred(&mut self) -> P<Expr> {
        let start = self.tok.from;
        self.advance()?;
        let value = Ptr::new(self.binary(binds::BIT_OR)?);
        Ok(Expr { loc: self.loc(start), kind: ExprKind::Starred { value, ctx: ExprContext::Load } })
    }

    /// `star_expressions`: one, or a tuple without parentheses.
    pub(super) fn star_expressions(&mut self) -> P<Expr> {
        let start = self.tok.from;
        let first = self.starred_or(false)?;
        self.rest_of_tuple(start, first, |this| this.starred_or(false))
    }

    /// `expressions`: the same without stars.
    pub(super) fn tuple_of_expressions(&mut self, start: Pos, first: Expr) -> P<Expr> {
        self.rest_of_tuple(start, first, Self::expression)
    }

    /// Behind the first element of what may be a tuple without parentheses.
    pub(super) fn rest_of_tuple(&mut self, start: Pos, first: Expr, element: impl Fn(&mut Self) -> P<Expr>) -> P<Expr> {
        if self.tok.kind != T::Comma {
            return Ok(first);
        }
        let base = self.pile.len();
        self.pile.push(first);
        while self.take(T::Comma)? {
            if !self.starts_expression() {
                break;
            }
            let e = element(self)?;
            self.pile.push(e);
        }
        let elts = self.piled(base);
        let kind = self.tuple(elts);
        Ok(Expr { loc: self.loc(start), kind })
    }

    /// Whether an expression, maybe a starred one, can start here.
    fn starts_expression(&self) -> bool {
        matches!(
            self.tok.kind,
            T::Name
                | T::Number
                | T::Str
                | T::FStr
                | T::False
                | T::None
                | T::True
                | T::Await
                | T::Lambda
                | T::Not
                | T::OpenParen
                | T::OpenSquare
                | T::OpenBrace
                | T::Ellipsis
                | T::Tilde
                | T::Plus
                | T::Minus
                | T::Star
        )
    }

    /// `yield_expr`, or else what `star_expressions` reads.
    pub(super) fn yield_or_star_expressions(&mut self) -> P<Expr> {
        if self.tok.kind == T::Yield { self.yield_expr() } else { self.star_expressions() }
    }

    fn yield_expr(&mut self) -> P<Expr> {
        let start = self.tok.from;
        self.advance()?;
        let kind = if self.take(T::From)? {
            ExprKind::YieldFrom { value: Ptr::new(self.expression()?) }
        } else if self.starts_expression() {
            ExprKind::Yield { value: Some(Ptr::new(self.star_expressions()?)) }
        } else {
            ExprKind::Yield { value: None }
        };
        Ok(Expr { loc: self.loc(start), kind })
    }

    /// Operators that bind at least as strongly as `least`, and their operands.
    pub(super) fn binary(&mut self, least: u8) -> P<Expr> {
        let start = self.tok.from;
        let left = match self.tok.kind {
            T::Not if least <= binds::NOT => {
                self.advance()?;
                let operand = Ptr::new(self.deeper(|this| this.binary(binds::NOT))?);
                self.note_operand(&operand);
                self.foldable |= matches!(operand.kind, ExprKind::Compare { .. });
                Expr { loc: self.loc(start), kind: ExprKind::UnaryOp { op: UnaryOp::Not, operand } }
            }
            T::Minus | T::Plus | T::Tilde | T::Await => self.unary()?,
            _ => {
                let base = self.primary()?;
                self.power_of(start, base)?
            }
        };
        if self.tok.kind.binding() < least || self.tok.kind.binding() == 0 { Ok(left) } else { self.operators(start, left, least) }
    }

    /// Behind an operand: operators that bind at least as strongly as `least`, and their other operands.
    fn operators(&mut self, start: Pos, mut left: Expr, least: u8) -> P<Expr> {
        let mut links = 0;
        loop {
            let binding = self.tok.kind.binding();
            if binding < least || binding == 0 {
                break;
            }
            let kind = match binding {
                binds::OR => self.bool_op(T::Or, BoolOp::Or, binds::AND, left)?,
                binds::AND => self.bool_op(T::And, BoolOp::And, binds::NOT, left)?,
                binds::COMPARISON => self.comparison(left)?,
                _ => {
                    let op = operator(self.tok.kind).ok_or(Bail)?;
                    self.advance()?;
                    self.note_operand(&left);
                    let right = Ptr::new(self.binary(binding + 1)?);
                    ExprKind::BinOp { left: Ptr::new(left), op, right }
                }
            };
            left = Expr { loc: self.loc(start), kind };
            self.link()?;
            links += 1;
        }
        self.depth -= links;
        Ok(left)
    }

    fn bool_op(&mut self, word: T, op: BoolOp, least: u8, first: Expr) -> P<ExprKind> {
        let base = self.pile.len();
        self.pile.push(first);
        while self.take(word)? {
            let value = self.binary(least)?;
            self.pile.push(value);
        }
        Ok(ExprKind::BoolOp { op, values: self.piled(base) })
    }

    fn comparison(&mut self, left: Expr) -> P<ExprKind> {
        let op = self.comparison_operator()?;
        let right = self.binary(binds::BIT_OR)?;
        self.note_searched(&right);
        if self.tok.kind.binding() != binds::COMPARISON {
            return Ok(ExprKind::Compare { left: Ptr::new(left), ops: List::of(op), comparators: List::of(right) });
        }
        let (mut ops, mut comparators) = (vec![op], vec![right]);
        while self.tok.kind.binding() == binds::COMPARISON {
            ops.push(self.comparison_operator()?);
            let right = self.binary(binds::BIT_OR)?;
            self.note_searched(&right);
            comparators.push(right);
        }
        Ok(ExprKind::Compare { left: Ptr::new(left), ops: ops.into(), comparators: comparators.into() })
    }

    fn comparison_operator(&mut self) -> P<CmpOp> {
        let kind = self.tok.kind;
        self.advance()?;
        Ok(match kind {
            T::EqEqual => CmpOp::Eq,
            T::NotEqual => CmpOp::NotEq,
            T::Less => CmpOp::Lt,
            T::LessEqual => CmpOp::LtE,
            T::Greater => CmpOp::Gt,
            T::GreaterEqual => CmpOp::GtE,
            T::In => CmpOp::In,
            T::Is => {
                if self.take(T::Not)? {
                    CmpOp::IsNot
                } else {
                    CmpOp::Is
                }
            }
            // Only `not in` has `not` between operands.
            _ => {
                self.expect(T::In)?;
                CmpOp::NotIn
            }
        })
    }

    fn unary(&mut self) -> P<Expr> {
        let op = match self.tok.kind {
            T::Minus => UnaryOp::USub,
            T::Plus => UnaryOp::UAdd,
            T::Tilde => UnaryOp::Invert,
            _ => return self.power(),
        };
        let start = self.tok.from;
        self.advance()?;
        let operand = Ptr::new(self.deeper(Self::unary)?);
        self.note_operand(&operand);
        Ok(Expr { loc: self.loc(start), kind: ExprKind::UnaryOp { op, operand } })
    }

    fn power(&mut self) -> P<Expr> {
        let start = self.tok.from;
        let base = if self.tok.kind == T::Await {
            self.advance()?;
            let value = Ptr::new(self.primary()?);
            Expr { loc: self.loc(start), kind: ExprKind::Await { value } }
        } else {
            self.primary()?
        };
        self.power_of(start, base)
    }

    /// Behind an operand: `**` and its exponent, if they follow.
    #[inline]
    fn power_of(&mut self, start: Pos, base: Expr) -> P<Expr> {
        if self.tok.kind != T::DoubleStar {
            return Ok(base);
        }
        self.advance()?;
        self.note_operand(&base);
        let right = Ptr::new(self.deeper(Self::unary)?);
        Ok(Expr { loc: self.loc(start), kind: ExprKind::BinOp { left: Ptr::new(base), op: Operator::Pow, right } })
    }

    /// An atom with the attributes, calls and subscripts behind it.
    fn primary(&mut self) -> P<Expr> {
        let start = self.tok.from;
        let mut e = if self.tok.kind == T::Name {
            let id = self.name()?;
            self.foldable |= id.is_debug();
            let (loc, kind) = (self.loc(start), ExprKind::Name { id, ctx: ExprContext::Load });
            // Names alone are made where they go to.
            if !matches!(self.tok.kind, T::Dot | T::OpenParen | T::OpenSquare) {
                return Ok(Expr { loc, kind });
            }
            Expr { loc, kind }
        } else {
            self.atom()?
        };
        let mut links = 0;
        loop {
            let kind = match self.tok.kind {
                T::Dot => {
                    self.advance()?;
                    let attr = self.name()?;
                    ExprKind::Attribute { value: Ptr::new(e), attr, ctx: ExprContext::Load }
                }
                T::OpenParen => {
                    let (args, keywords) = self.deeper(|this| this.arguments(true))?;
                    ExprKind::Call { func: Ptr::new(e), args, keywords }
                }
                T::OpenSquare => {
                    self.advance()?;
                    let slice = Ptr::new(self.deeper(Self::slices)?);
                    self.expect(T::CloseSquare)?;
                    self.foldable |= may_be_constant(&e) && may_be_constant(&slice);
                    ExprKind::Subscript { value: Ptr::new(e), slice, ctx: ExprContext::Load }
                }
                _ => break,
            };
            e = Expr { loc: self.loc(start), kind };
            self.link()?;
            links += 1;
        }
        self.depth -= links;
        Ok(e)
    }

    #[inline]
    fn atom(&mut self) -> P<Expr> {
        let start = self.tok.from;
        let kind = match self.tok.kind {
            T::Name => {
                let id = self.name()?;
                self.foldable |= id.is_debug();
                ExprKind::Name { id, ctx: ExprContext::Load }
            }
            T::Str | T::FStr => return self.strings(),
            T::Number => {
                let value = self.number()?;
                self.advance()?;
                constant(value)
            }
            T::None => self.word(Const::None)?,
            T::True => self.word(Const::Bool(true))?,
            T::False => self.word(Const::Bool(false))?,
            T::Ellipsis => self.word(Const::Ellipsis)?,
            T::OpenParen => return self.deeper(Self::parentheses),
            T::OpenSquare => return self.deeper(Self::list),
            T::OpenBrace => return self.deeper(Self::braces),
            _ => return Err(Bail),
        };
        Ok(Expr { loc: self.loc(start), kind })
    }

    fn word(&mut self, value: Const) -> P<ExprKind> {
        self.advance()?;
        Ok(constant(value))
    }

    /// The value of the number at hand.
    pub(super) fn number(&self) -> P<Const> {
        let text = self.text();
        if text.len() <= WORD_DIGITS && text.iter().all(u8::is_ascii_digit) {
            let value = text.iter().fold(0_u64, |value, &digit| value * 10 + u64::from(digit - b'0'));
            return Ok(Const::Int(value.into()));
        }
        if text.len() <= HEX_DIGITS + 2
            && let [b'0', b'x' | b'X', digits @ ..] = text
            && let Some(value) =
                digits.iter().try_fold(0_u64, |value, &digit| Some(value << 4 | u64::from(char::from(digit).to_digit(16)?)))
        {
            return Ok(Const::Int(value.into()));
        }
        // What is no float and no number of another radix is not a float's text.
        if text.contains(&b'.')
            && text.iter().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'e' | b'E' | b'-' | b'+'))
            && let Ok(text) = std::str::from_utf8(text)
        {
            return text.parse().map(Const::Float).map_err(|_| Bail);
        }
        let digits: String = text.iter().filter(|&&byte| byte != b'_').map(|&byte| char::from(byte.to_ascii_lowercase())).collect();
        let radix = match digits.get(..2) {
            Some("0x") => 16,
            Some("0o") => 8,
            Some("0b") => 2,
            _ => 10,
        };
        if radix != 10 {
            return BigInt::from_str_radix(&digits[2..], radix).map(|value| Const::Int(value.into())).map_err(|_| Bail);
        }
        if let Some(imaginary) = digits.strip_suffix('j') {
            return imaginary.parse().map(|value| Const::Complex(0.0, value)).map_err(|_| Bail);
        }
        if digits.contains(['.', 'e']) {
            return digits.parse().map(Const::Float).map_err(|_| Bail);
        }
        if digits.len() > DECIMAL_DIGITS_MAX {
            return Err(Bail);
        }
        digits.parse::<BigInt>().map(|value| Const::Int(value.into())).map_err(|_| Bail)
    }

    /// A group, a tuple, a generator expression.
    fn parentheses(&mut self) -> P<Expr> {
        let start = self.tok.from;
        self.advance()?;
        if self.take(T::CloseParen)? {
            let kind = self.tuple(List::new());
            return Ok(Expr { loc: self.loc(start), kind });
        }
        if self.tok.kind == T::Yield {
            let value = self.yield_expr()?;
            self.expect(T::CloseParen)?;
            return Ok(value);
        }
        let first = self.starred_or(true)?;
        let is_starred = matches!(first.kind, ExprKind::Starred { .. });
        let kind = match self.tok.kind {
            T::CloseParen if !is_starred => {
                self.advance()?;
                return Ok(first);
            }
            T::Comma => {
                let elts = self.rest_of_list(first)?;
                self.tuple(elts)
            }
            T::For | T::Async if !is_starred => ExprKind::GeneratorExp { elt: Ptr::new(first), generators: self.generators()? },
            _ => return Err(Bail),
        };
        self.expect(T::CloseParen)?;
        Ok(Expr { loc: self.loc(start), kind })
    }

    /// Behind the first element of a display, up to its closing bracket.
    fn rest_of_list(&mut self, first: Expr) -> P<List<Expr>> {
        let base = self.pile.len();
        self.pile.push(first);
        while self.take(T::Comma)? {
            if !self.starts_expression() {
                break;
            }
            let e = self.starred_or(true)?;
            self.pile.push(e);
        }
        Ok(self.piled(base))
    }

    fn list(&mut self) -> P<Expr> {
        let start = self.tok.from;
        self.advance()?;
        let kind = if self.tok.kind == T::CloseSquare {
            ExprKind::List { elts: List::new(), ctx: ExprContext::Load }
        } else {
            let first = self.starred_or(true)?;
            match self.tok.kind {
                T::For | T::Async if !matches!(first.kind, ExprKind::Starred { .. }) => {
                    ExprKind::ListComp { elt: Ptr::new(first), generators: self.generators()? }
                }
                _ => ExprKind::List { elts: self.rest_of_list(first)?, ctx: ExprContext::Load },
            }
        };
        self.expect(T::CloseSquare)?;
        Ok(Expr { loc: self.loc(start), kind })
    }

    /// A dict, a set, or a comprehension of one of them.
    fn braces(&mut self) -> P<Expr> {
        let start = self.tok.from;
        self.advance()?;
        let kind = match self.tok.kind {
            T::CloseBrace => ExprKind::Dict { keys: List::new(), values: List::new() },
            T::DoubleStar => self.dict(None)?,
            _ => {
                let first = self.starred_or(true)?;
                let is_starred = matches!(first.kind, ExprKind::Starred { .. });
                match self.tok.kind {
                    T::Colon if !is_starred && !matches!(first.kind, ExprKind::NamedExpr { .. }) => self.dict(Some(first))?,
                    T::For | T::Async if !is_starred => ExprKind::SetComp { elt: Ptr::new(first), generators: self.generators()? },
                    _ => ExprKind::Set { elts: self.rest_of_list(first)? },
                }
            }
        };
        self.expect(T::CloseBrace)?;
        Ok(Expr { loc: self.loc(start), kind })
    }

    /// A dict whose first key, if it has one, has been read.
    fn dict(&mut self, mut key: Option<Expr>) -> P<ExprKind> {
        let (mut keys, mut values) = (Vec::new(), Vec::new());
        loop {
            if self.tok.kind == T::DoubleStar && key.is_none() {
                self.advance()?;
                keys.push(None);
                values.push(self.binary(binds::BIT_OR)?);
            } else {
                let known = match key.take() {
                    Some(known) => known,
                    None => self.expression()?,
                };
                self.expect(T::Colon)?;
                let value = self.expression()?;
                if matches!(self.tok.kind, T::For | T::Async) && keys.is_empty() {
                    return Ok(ExprKind::DictComp { key: Ptr::new(known), value: Ptr::new(value), generators: self.generators()? });
                }
                keys.push(Some(known));
                values.push(value);
            }
            if !self.take(T::Comma)? || self.tok.kind == T::CloseBrace {
                return Ok(ExprKind::Dict { keys: keys.into(), values: values.into() });
            }
        }
    }

    /// `for … in … if …`, at least once.
    pub(super) fn generators(&mut self) -> P<List<Comprehension>> {
        let mut generators = SmallVec::<[Comprehension; 1]>::new();
        while matches!(self.tok.kind, T::For | T::Async) {
            let is_async = self.take(T::Async)?;
            self.expect(T::For)?;
            let target = self.star_targets()?;
            self.expect(T::In)?;
            let iter = self.binary(binds::OR)?;
            self.note_searched(&iter);
            let base = self.pile.len();
            while self.take(T::If)? {
                let condition = self.binary(binds::OR)?;
                self.pile.push(condition);
            }
            generators.push(Comprehension { target, iter, ifs: self.piled(base), is_async });
        }
        Ok(if generators.len() == 1 { generators.pop().map_or_else(List::new, List::of) } else { generators.into_iter().collect() })
    }
}
