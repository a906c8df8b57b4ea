//! Walks the grammar over the tokens as CPython's generated parser does: the same order, the same look-ahead, so that "the last token
//! read" is the same token. Every rule's result is remembered, which changes no result and bounds the time.

use super::grammar::{Action, Alternative, Grammar, Item, TokenSet, grammar};
use super::value::{Node, Value};
use crate::compile::lexer::{LexError, Lexer, Token, TokenKind};
use crate::compile::syntax_error::{LineIndex, SyntaxError, SyntaxErrorClass};
use std::collections::HashMap;
use std::rc::Rc;

/// Rules nested deeper than this are "too complex" (`MAXSTACK`).
const NESTING_MAX: usize = 6000;

/// The parse is over: an error was raised.
pub(super) struct Raised;

pub(super) type Matched = Result<Option<Value>, Raised>;

/// The state of a parse.
pub(super) struct Parser<'s> {
    grammar: &'static Grammar,
    pub(super) source: &'s str,
    pub(super) filename: &'s str,
    pub(super) lines: &'s LineIndex,
    pub(super) lexer: Lexer<'s>,
    pub(super) tokens: Vec<Token>,
    sets: Vec<TokenSet>,
    pub(super) mark: usize,
    /// The token the parse starts at.
    base: usize,
    second_pass: bool,
    remembered: HashMap<(usize, usize, bool), (Option<Value>, usize)>,
    nesting: usize,
    statement_rule: Option<usize>,
    /// The rule inside which mistakes are not looked for.
    plain_rule: Option<usize>,
    statement_depth: usize,
    pub(super) error: Option<SyntaxError>,
    /// Whether the error is the tokenizer's.
    pub(super) lexer_failed: bool,
    /// Whether the tokenizer failed because the text ended.
    pub(super) failed_at_end: bool,
}

const KEYWORDS: &[&str] = &[
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del", "elif", "else", "except",
    "finally", "for", "from", "global", "if", "import", "in", "is", "lambda", "nonlocal", "not", "or", "pass", "raise", "return", "try",
    "while", "with", "yield",
];

/// The values an alternative named.
type Captures = Vec<(&'static str, Value)>;

impl<'s> Parser<'s> {
    pub(super) fn new(source: &'s str, filename: &'s str, lines: &'s LineIndex) -> Self {
        let grammar = grammar();
        Parser {
            grammar,
            source,
            filename,
            lines,
            lexer: Lexer::new(source),
            tokens: Vec::new(),
            sets: Vec::new(),
            mark: 0,
            base: 0,
            second_pass: false,
            remembered: HashMap::new(),
            nesting: 0,
            statement_rule: grammar.rule("statement"),
            plain_rule: grammar.rule("expression_without_invalid"),
            statement_depth: 0,
            error: None,
            lexer_failed: false,
            failed_at_end: false,
        }
    }

    /// Matches the start rule; the second pass also looks for known mistakes.
    pub(super) fn run(&mut self, start: &str, second_pass: bool) -> Matched {
        self.second_pass = second_pass;
        self.remembered.clear();
        self.mark = self.base;
        self.nesting = 0;
        self.statement_depth = 0;
        match self.grammar.rule(start) {
            Some(rule) => self.rule(rule),
            None => Ok(None),
        }
    }

    /// Starts at this token: what is before it is known to be right.
    pub(super) fn start_at(&mut self, token: usize) {
        while self.mark < token && self.current().is_ok() {
            self.mark += 1;
        }
        self.base = self.mark;
    }

    /// The token at the mark, read if need be.
    pub(super) fn current(&mut self) -> Result<Token, Raised> {
        if let Some(token) = self.tokens.get(self.mark) {
            return Ok(*token);
        }
        match self.lexer.next_token() {
            Ok(token) => {
                self.sets.push(self.grammar.token_set(token.kind, self.lexer.text(&token)));
                self.tokens.push(token);
                Ok(token)
            }
            Err(error) => {
                self.tokens.push(self.lexer.error_token());
                self.lexer_failed = true;
                self.failed_at_end = match &error {
                    LexError::Eof => true,
                    LexError::Message { message, .. } => {
                        let at_end = message.contains("triple-quoted") || self.source.ends_with("\\\n");
                        at_end && message.starts_with("unterminated")
                    }
                    _ => false,
                };
                Err(self.lexer_error(&error))
            }
        }
    }

    /// The set the token at the mark belongs to.
    fn current_set(&mut self) -> Result<TokenSet, Raised> {
        self.current()?;
        Ok(self.sets.get(self.mark).copied().unwrap_or(TokenSet::MAX))
    }

    fn lexer_error(&mut self, error: &LexError) -> Raised {
        let line = self.lexer.line;
        match error {
            LexError::Message { message, line, offset, end_offset } => {
                let range = (*offset, *end_offset);
                let error = SyntaxError::at_characters(message.clone(), self.filename, self.source, self.lines, *line, range);
                self.error = Some(error);
                Raised
            }
            LexError::Eof if !self.lexer.brackets.is_empty() => self.raise_unclosed(),
            LexError::Eof => self.raise_last(SyntaxErrorClass::Syntax, "unexpected EOF while parsing".into()),
            LexError::Dedent => self.raise_last(SyntaxErrorClass::Indentation, error.to_string()),
            LexError::TabSpace => self.raise(SyntaxErrorClass::Tab, error.to_string(), (line, 1), (line, 0)),
            LexError::TooDeep => self.raise(SyntaxErrorClass::Indentation, error.to_string(), (line, 1), (line, 0)),
            LexError::LineContinuation(column) => self.raise(SyntaxErrorClass::Syntax, error.to_string(), (line, column + 1), (line, 0)),
        }
    }

    fn is_keyword(&self, token: &Token) -> bool {
        KEYWORDS.binary_search(&self.lexer.text(token)).is_ok()
    }

    fn take_token(&mut self, accept: impl Fn(&Self, &Token) -> bool) -> Matched {
        let token = self.current()?;
        if accept(self, &token) {
            self.mark += 1;
            Ok(Some(Value::Token(self.mark - 1)))
        } else {
            Ok(None)
        }
    }

    fn is_literal(&self, token: &Token, text: &str) -> bool {
        matches!(token.kind, TokenKind::Op | TokenKind::Name) && self.lexer.text(token) == text
    }

    fn rule(&mut self, number: usize) -> Matched {
        let grammar = self.grammar;
        let rule = &grammar.rules[number];
        let start = self.mark;
        if rule.first != TokenSet::MAX && rule.first & self.current_set()? == 0 {
            return Ok(None);
        }
        let mode = self.second_pass && !rule.shared;
        if rule.remembered
            && let Some((value, mark)) = self.remembered.get(&(number, start, mode))
        {
            let (value, mark) = (value.clone(), *mark);
            if value.is_some() {
                self.mark = mark;
            }
            return Ok(value);
        }
        self.deeper()?;
        let is_statement = self.statement_rule == Some(number);
        self.statement_depth += usize::from(is_statement);
        let looking_for_mistakes = self.second_pass;
        self.second_pass &= self.plain_rule != Some(number);
        let result = if rule.left_recursive {
            self.grow(number, &rule.alternatives)?
        } else {
            let result = self.alternatives(&rule.alternatives)?;
            if rule.remembered {
                self.remembered.insert((number, start, mode), (result.clone(), self.mark));
            }
            result
        };
        self.second_pass = looking_for_mistakes;
        self.nesting -= 1;
        if is_statement {
            self.statement_depth -= 1;
            if self.statement_depth == 0 && result.is_some() {
                // Nothing goes back behind a whole statement.
                self.remembered.clear();
            }
        }
        Ok(result)
    }

    /// Left recursion: start from failure, and match again with the last result as the recursive call's until it grows no more.
    fn grow(&mut self, number: usize, alternatives: &'static [Alternative]) -> Matched {
        let start = self.mark;
        let (mut best, mut best_mark) = (None, start);
        loop {
            self.remembered.insert((number, start, false), (best.clone(), best_mark));
            self.mark = start;
            let value = self.alternatives(alternatives)?;
            if value.is_none() || self.mark <= best_mark {
                break;
            }
            (best, best_mark) = (value, self.mark);
        }
        self.mark = best_mark;
        Ok(best)
    }

    fn deeper(&mut self) -> Result<(), Raised> {
        self.nesting += 1;
        if self.nesting > NESTING_MAX {
            let message = "Parser stack overflowed - Python source too complex to parse";
            self.error = Some(SyntaxError::bare(SyntaxErrorClass::Memory, message, self.filename));
            self.lexer_failed = true;
            return Err(Raised);
        }
        Ok(())
    }

    fn alternatives(&mut self, alternatives: &'static [Alternative]) -> Matched {
        let start = self.mark;
        for alternative in alternatives {
            if alternative.second_pass_only && !self.second_pass {
                continue;
            }
            self.mark = start;
            if alternative.first != TokenSet::MAX && alternative.first & self.current_set()? == 0 {
                continue;
            }
            let mut cut = false;
            if let Some((values, captures)) = self.sequence(&alternative.items, &mut cut)? {
                // An action without a result ends the rule: the other alternatives are not tried.
                return self.act(&alternative.action, start, values, &captures);
            }
            self.mark = start;
            if cut {
                break;
            }
        }
        Ok(None)
    }

    fn sequence(
        &mut self,
        items: &'static [(Option<&'static str>, Item)],
        cut: &mut bool,
    ) -> Result<Option<(Vec<Value>, Captures)>, Raised> {
        let (mut values, mut captures) = (Vec::new(), Captures::new());
        for (capture, item) in items {
            match item {
                Item::Cut => *cut = true,
                Item::Ahead { .. } => {
                    if self.item(item)?.is_none() {
                        return Ok(None);
                    }
                }
                _ => {
                    let Some(value) = self.item(item)? else { return Ok(None) };
                    if let Some(name) = capture {
                        captures.push((name, value.clone()));
                    }
                    values.push(value);
                }
            }
        }
        Ok(Some((values, captures)))
    }

    fn item(&mut self, item: &'static Item) -> Matched {
        match item {
            Item::Literal(text) => self.take_token(|this, token| this.is_literal(token, text)),
            Item::Soft(text) => self.take_token(|this, token| token.kind == TokenKind::Name && this.lexer.text(token) == *text),
            Item::Kind(TokenKind::Name) => self.take_token(|this, token| token.kind == TokenKind::Name && !this.is_keyword(token)),
            Item::Kind(kind) => self.take_token(|_, token| token.kind == *kind),
            Item::AnySoftKeyword => self.take_token(|this, token| {
                token.kind == TokenKind::Name && matches!(this.lexer.text(token), "_" | "case" | "match" | "type")
            }),
            Item::Rule(number) => self.rule(*number),
            Item::Group(alternatives) => {
                self.deeper()?;
                let result = self.alternatives(alternatives)?;
                self.nesting -= 1;
                Ok(result)
            }
            Item::Optional(inner) => {
                let start = self.mark;
                let value = self.item(inner)?;
                if value.is_none() {
                    self.mark = start;
                }
                Ok(Some(value.unwrap_or(Value::Nothing)))
            }
            Item::Repeat { item, separator, at_least_one } => self.repeat(item, separator.as_deref(), *at_least_one),
            Item::Ahead { item, wanted } => {
                let start = self.mark;
                let found = self.item(item)?.is_some();
                self.mark = start;
                Ok((found == *wanted).then_some(Value::Nothing))
            }
            Item::Cut => Ok(Some(Value::Nothing)),
            Item::Forced(text) => {
                let token = self.current()?;
                if self.is_literal(&token, text) {
                    self.mark += 1;
                    return Ok(Some(Value::Token(self.mark - 1)));
                }
                Err(self.raise_at(self.mark, self.mark, format!("expected '{text}'")))
            }
        }
    }

    fn repeat(&mut self, item: &'static Item, separator: Option<&'static Item>, at_least_one: bool) -> Matched {
        let mut values = Vec::new();
        self.deeper()?;
        loop {
            let start = self.mark;
            if let Some(separator) = separator.filter(|_| !values.is_empty())
                && self.item(separator)?.is_none()
            {
                self.mark = start;
                break;
            }
            match self.item(item)? {
                Some(value) => values.push(value),
                None => {
                    self.mark = start;
                    break;
                }
            }
            if self.mark == start {
                break;
            }
        }
        self.nesting -= 1;
        Ok((!at_least_one || !values.is_empty()).then(|| Value::Sequence(values.into())))
    }

    fn act(&mut self, action: &'static Action, start: usize, mut values: Vec<Value>, captures: &Captures) -> Matched {
        let captured =
            |name: &str| captures.iter().find(|(captured, _)| *captured == name).map_or(Value::Nothing, |(_, value)| value.clone());
        match action {
            Action::Values if values.len() == 1 => Ok(values.pop()),
            Action::Values => Ok(Some(Value::Sequence(values.into()))),
            Action::Node(kind) => {
                let mut children = Vec::new();
                values.iter().for_each(|value| value.nodes(&mut children));
                let last = self.mark.saturating_sub(1).max(start);
                Ok(Some(Value::Node(Rc::new(Node { kind, first: start, last, children }))))
            }
            Action::Capture(name) => Ok(Some(captured(name))),
            Action::Error { form, operands, message } => {
                let a = operands.first().map_or(Value::Nothing, |name| captured(name));
                let b = operands.get(1).map_or(Value::Nothing, |name| captured(name));
                Err(self.raise_form(form, &a, &b, message))
            }
            Action::Call { function, operands } => {
                let a = operands.first().map_or(Value::Nothing, |name| captured(name));
                let b = operands.get(1).map_or(Value::Nothing, |name| captured(name));
                self.call(function, start, &a, &b)
            }
        }
    }
}
