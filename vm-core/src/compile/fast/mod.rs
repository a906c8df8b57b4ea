//! A parser for programs that are right: recursive descent from bytes straight into our tree, in one pass.
//!
//! It knows no error messages. Whatever it does not take, because it is wrong, gives a warning or is rare (other than ASCII in names,
//! extreme nesting), makes it give up, and `parse` then takes the long way: tokens, ruff's parser, and the diagnosis of errors. What it does take
//! must be what that way gives, node by node and position by position; `tests.rs` compares the two.

mod bytes;
mod call;
mod compound;
mod expr;
mod function;
mod kind;
mod pattern;
mod scan;
mod stmt;
mod string;
mod target;
#[cfg(test)]
mod tests;

use super::ast::{Arg, Expr, ExprContext, ExprKind, Identifier, Keyword, List, Mod, Ptr, Stmt, StmtKind};
use super::instr::Location;
use super::names::Names;
use super::parse::Mode;
use kind::{Pos, T, Token};
use scan::Scanner;

/// The parser gives up.
#[derive(Clone, Copy, Debug)]
struct Bail;

type P<T = ()> = Result<T, Bail>;

/// How deep the tree may get; more than that is left to the parser that can move to another stack.
const DEPTH_MAX: u32 = 1200;
/// How high the piles of most texts get.
const PILE: usize = 64;
/// What a level of the parser's own recursion counts; a link of a chain, which it reads in a loop, counts 1.
const LEVEL: u32 = 12;

/// Parses a text that ends in a newline or is empty; `None` says that this parser gives up.
pub(super) fn parse(text: &str, mode: Mode) -> Option<Mod> {
    // Tokens count bytes in 32 bits.
    u32::try_from(text.len()).ok()?;
    let mut parser = Parser::new(text).ok()?;
    match mode {
        Mode::Exec => parser.module().ok(),
        Mode::Eval => parser.eval().ok(),
        Mode::Single => None,
    }
}

/// Whether an expression may be a constant once it is folded. `__debug__` is taken notice of where names are read.
#[inline]
fn may_be_constant(e: &Expr) -> bool {
    matches!(
        e.kind,
        ExprKind::Constant { .. } | ExprKind::UnaryOp { .. } | ExprKind::BinOp { .. } | ExprKind::Tuple { .. } | ExprKind::Subscript { .. }
    )
}

struct Parser<'s> {
    scanner: Scanner<'s>,
    /// The token at hand.
    tok: Token,
    /// Where the token before ended that was no line end or indentation.
    end: Pos,
    depth: u32,
    names: Names,
    /// Expressions of the lists that are being read, the innermost last.
    pile: Vec<Expr>,
    /// The same for keyword arguments, parameters, and statements of blocks.
    keywords: Vec<Keyword>,
    params: Vec<Arg>,
    stmts: Vec<Stmt>,
    /// Whether the statement at hand holds something that may be folded.
    foldable: bool,
}

/// What is needed to read a piece of text again.
struct Checkpoint<'s> {
    scanner: Scanner<'s>,
    tok: Token,
    end: Pos,
    depth: u32,
    piles: [usize; 4],
    foldable: bool,
}

impl<'s> Parser<'s> {
    fn new(text: &'s str) -> P<Self> {
        let mut scanner = Scanner::new(text);
        let tok = scanner.scan()?;
        Ok(Parser {
            scanner,
            tok,
            end: Pos::default(),
            depth: 0,
            names: Names::for_text(text.len()),
            pile: Vec::with_capacity(PILE),
            keywords: Vec::with_capacity(PILE),
            params: Vec::with_capacity(PILE),
            stmts: Vec::with_capacity(PILE),
            foldable: false,
        })
    }

    fn module(&mut self) -> P<Mod> {
        while self.tok.kind != T::End {
            self.statement()?;
        }
        Ok(Mod::Module { body: List::taken(&mut self.stmts, 0) })
    }

    fn eval(&mut self) -> P<Mod> {
        let start = self.tok.from;
        let first = self.expression()?;
        let body = Ptr::new(self.tuple_of_expressions(start, first)?);
        while self.take(T::Newline)? {}
        if self.tok.kind == T::End { Ok(Mod::Expression { body }) } else { Err(Bail) }
    }

    fn checkpoint(&self) -> Checkpoint<'s> {
        let piles = [self.pile.len(), self.keywords.len(), self.params.len(), self.stmts.len()];
        Checkpoint { scanner: self.scanner.clone(), tok: self.tok, end: self.end, depth: self.depth, piles, foldable: self.foldable }
    }

    fn restore(&mut self, checkpoint: Checkpoint<'s>) {
        self.scanner = checkpoint.scanner;
        self.tok = checkpoint.tok;
        self.end = checkpoint.end;
        self.depth = checkpoint.depth;
        self.foldable |= checkpoint.foldable;
        let [pile, keywords, params, stmts] = checkpoint.piles;
        self.pile.truncate(pile);
        self.keywords.truncate(keywords);
        self.params.truncate(params);
        self.stmts.truncate(stmts);
    }

    /// Goes on to the next token.
    #[inline]
    fn advance(&mut self) -> P {
        if !matches!(self.tok.kind, T::Newline | T::Indent | T::Dedent) {
            self.end = self.tok.to;
        }
        self.scanner.scan_to(&mut self.tok)
    }

    /// Goes on if the token is of that kind; whether it was.
    #[inline]
    fn take(&mut self, kind: T) -> P<bool> {
        if self.tok.kind != kind {
            return Ok(false);
        }
        self.advance()?;
        Ok(true)
    }

    /// The token must be of that kind.
    #[inline]
    fn expect(&mut self, kind: T) -> P {
        if self.tok.kind == kind { self.advance() } else { Err(Bail) }
    }

    /// From a position to the end of the token before.
    #[inline]
    fn loc(&self, start: Pos) -> Location {
        Location { line: start.line, end_line: self.end.line, col: start.col, end_col: self.end.col }
    }

    /// A statement from a position to the end of the token before, with all of its parts read.
    #[inline]
    fn stmt(&self, start: Pos, kind: StmtKind) -> Stmt {
        Stmt { loc: self.loc(start), kind, plain: !self.foldable }
    }

    /// Takes notice of what folding may make a constant of, or look into.
    #[inline]
    fn note_operand(&mut self, e: &Expr) {
        self.foldable |= may_be_constant(e);
    }

    /// The same for what is searched or iterated over, whose kind folding may change.
    #[inline]
    fn note_searched(&mut self, e: &Expr) {
        self.foldable |= matches!(e.kind, ExprKind::List { .. } | ExprKind::Set { .. });
    }

    /// A tuple.
    fn tuple(&mut self, elts: List<Expr>) -> ExprKind {
        self.foldable |= elts.iter().all(may_be_constant);
        ExprKind::Tuple { elts, ctx: ExprContext::Load }
    }

    /// The text of the token at hand.
    fn text(&self) -> &'s [u8] {
        self.scanner.src.get(self.tok.start as usize..self.tok.end as usize).unwrap_or_default()
    }

    /// A name, which is interned.
    fn name(&mut self) -> P<Identifier> {
        if self.tok.kind != T::Name {
            return Err(Bail);
        }
        let text = self.scanner.text.get(self.tok.start as usize..self.tok.end as usize).ok_or(Bail)?;
        let name = self.names.intern_starting(text, self.scanner.word_start);
        self.advance()?;
        Ok(name)
    }

    /// Reads what lies a level deeper.
    fn deeper<R>(&mut self, read: impl FnOnce(&mut Self) -> P<R>) -> P<R> {
        if self.depth > DEPTH_MAX {
            return Err(Bail);
        }
        self.depth += LEVEL;
        let result = read(self);
        self.depth -= LEVEL;
        result
    }

    /// One more link of a chain; the caller takes them all off again.
    fn link(&mut self) -> P {
        self.depth += 1;
        if self.depth > DEPTH_MAX { Err(Bail) } else { Ok(()) }
    }

    /// The expressions that were piled up since `base`.
    #[inline]
    fn piled(&mut self, base: usize) -> List<Expr> {
        List::taken(&mut self.pile, base)
    }
}
