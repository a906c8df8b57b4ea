//! A parser for programs that are right: recursive descent from bytes straight into our tree, in one pass.
//!
//! It knows no error messages. Whatever it does not take, because it is wrong, gives a warning or is rare (other than ASCII in names,
//! extreme nesting), makes it give up, and `parse` then takes the long way: tokens, ruff's parser, and the diagnosis of errors. What it does take
//! must be what that way gives, node by node and position by position; `tests.rs` compares the two.

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

use super::ast::{Arg, Expr, Identifier, Keyword, List, Mod, Ptr, Stmt};
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
}

/// What is needed to read a piece of text again.
struct Checkpoint<'s> {
    scanner: Scanner<'s>,
    tok: Token,
    end: Pos,
    depth: u32,
    piles: [usize; 4],
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
        Checkpoint { scanner: self.scanner.clone(), tok: self.tok, end: self.end, depth: self.depth, piles }
    }

    fn restore(&mut self, checkpoint: Checkpoint<'s>) {
        self.scanner = checkpoint.scanner;
        self.tok = checkpoint.tok;
        self.end = checkpoint.end;
        self.depth = checkpoint.depth;
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
        let name = self.names.intern(text);
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
