//! Reads `grammar.peg` into rules the interpreter walks. The text is ours and fixed: a mistake in it is a bug the tests find.

use crate::compile::lexer::TokenKind;
use std::collections::HashMap;
use std::sync::OnceLock;

/// A set of kinds of token and of words, by number; all bits where anything, or nothing at all, may come.
pub(super) type TokenSet = u128;

/// What an alternative consists of.
#[derive(Debug)]
pub(super) enum Item {
    /// An operator, delimiter or reserved word.
    Literal(&'static str),
    /// A soft keyword.
    Soft(&'static str),
    /// A token by kind; a name is never a reserved word.
    Kind(TokenKind),
    /// Any soft keyword.
    AnySoftKeyword,
    Rule(usize),
    Group(Vec<Alternative>),
    Optional(Box<Item>),
    Repeat {
        item: Box<Item>,
        separator: Option<Box<Item>>,
        at_least_one: bool,
    },
    Ahead {
        item: Box<Item>,
        wanted: bool,
    },
    Cut,
    Forced(&'static str),
}

/// What an alternative yields when it matches.
#[derive(Debug)]
pub(super) enum Action {
    /// Its values, or the only one.
    Values,
    Node(&'static str),
    Capture(&'static str),
    Error {
        form: &'static str,
        operands: Vec<&'static str>,
        message: String,
    },
    Call {
        function: &'static str,
        operands: Vec<&'static str>,
    },
}

/// One way to match a rule.
#[derive(Debug)]
pub(super) struct Alternative {
    pub(super) items: Vec<(Option<&'static str>, Item)>,
    pub(super) action: Action,
    /// Whether it calls a rule for mistakes, so that the first pass leaves it out.
    pub(super) second_pass_only: bool,
    /// The tokens it can start with.
    pub(super) first: TokenSet,
}

/// A rule.
#[derive(Debug)]
pub(super) struct Rule {
    pub(super) alternatives: Vec<Alternative>,
    pub(super) left_recursive: bool,
    pub(super) remembered: bool,
    /// Whether a result found while mistakes were not looked for also counts while they are, as CPython's own memo has it.
    pub(super) shared: bool,
    /// The tokens it can start with.
    pub(super) first: TokenSet,
}

/// The grammar.
#[derive(Debug)]
pub(super) struct Grammar {
    pub(super) rules: Vec<Rule>,
    index: HashMap<&'static str, usize>,
    words: HashMap<&'static str, u32>,
}

impl Grammar {
    /// The set a token belongs to: its kind, and its text if the grammar names it.
    pub(super) fn token_set(&self, kind: TokenKind, text: &str) -> TokenSet {
        kind_bit(kind) | self.words.get(text).map_or(0, |number| 1 << number)
    }

    /// The number of a rule.
    pub(super) fn rule(&self, name: &str) -> Option<usize> {
        self.index.get(name).copied()
    }
}

/// The grammar, read once.
pub(super) fn grammar() -> &'static Grammar {
    static GRAMMAR: OnceLock<Grammar> = OnceLock::new();
    GRAMMAR.get_or_init(|| read(include_str!("grammar.peg")))
}

/// Cuts the text into words: quoted strings, names, punctuation.
fn words(text: &'static str) -> Vec<&'static str> {
    let mut result = Vec::new();
    let bytes = text.as_bytes();
    let mut pos = 0;
    while let Some(&byte) = bytes.get(pos) {
        let start = pos;
        match byte {
            b' ' | b'\n' => {
                pos += 1;
                continue;
            }
            b'\'' | b'"' => {
                pos += 1;
                while bytes.get(pos).is_some_and(|b| *b != byte) {
                    pos += if bytes[pos] == b'\\' { 2 } else { 1 };
                }
                pos += 1;
            }
            b'&' if bytes.get(pos + 1) == Some(&b'&') => pos += 2,
            _ if byte.is_ascii_alphanumeric() || byte == b'_' => {
                while bytes.get(pos).is_some_and(|b| b.is_ascii_alphanumeric() || *b == b'_') {
                    pos += 1;
                }
            }
            _ => pos += 1,
        }
        result.push(&text[start..pos.min(text.len())]);
    }
    result
}

fn read(text: &'static str) -> Grammar {
    // A rule starts in the first column and runs over the indented lines behind it.
    let mut sources: Vec<&'static str> = Vec::new();
    let mut start = None;
    let mut pos = 0;
    for line in text.split_inclusive('\n') {
        let begins = !line.starts_with([' ', '\n', '#']);
        if begins || line.starts_with(['\n', '#']) {
            if let Some(from) = start.take() {
                sources.push(&text[from..pos]);
            }
            start = begins.then_some(pos);
        }
        pos += line.len();
    }
    if let Some(from) = start {
        sources.push(&text[from..]);
    }
    let heads: Vec<&'static str> = sources.iter().filter_map(|s| s.split(':').next()).collect();
    let index: HashMap<&'static str, usize> =
        heads.iter().enumerate().map(|(number, head)| (head.trim_start_matches(['<', '^', '+']), number)).collect();
    let rules = sources
        .iter()
        .zip(&heads)
        .map(|(source, head)| {
            let body = source.get(head.len() + 1..).unwrap_or("");
            let mut reader = Reader { words: words(body), pos: 0, index: &index };
            Rule {
                alternatives: reader.alternatives(),
                left_recursive: head.starts_with('<'),
                remembered: !head.starts_with('^'),
                shared: head.starts_with(['<', '+']),
                first: 0,
            }
        })
        .collect();
    let mut grammar = Grammar { rules, index, words: HashMap::new() };
    find_first_tokens(&mut grammar);
    grammar
}

fn kind_bit(kind: TokenKind) -> TokenSet {
    1 << (kind as u32)
}

/// Words are numbered behind the kinds.
const FIRST_WORD: u32 = 16;

/// Computes what each rule can start with, to the fixed point. Look-ahead is passed over: what follows it decides.
fn find_first_tokens(grammar: &mut Grammar) {
    loop {
        let mut changed = false;
        for number in 0..grammar.rules.len() {
            let mut alternatives = std::mem::take(&mut grammar.rules[number].alternatives);
            let set = first_of_alternatives(&mut alternatives, grammar);
            let rule = &mut grammar.rules[number];
            rule.alternatives = alternatives;
            changed |= rule.first != set;
            rule.first = set;
        }
        if !changed {
            return;
        }
    }
}

fn first_of_alternatives(alternatives: &mut [Alternative], grammar: &mut Grammar) -> TokenSet {
    let mut all = 0;
    for alternative in alternatives {
        let mut set = 0;
        let mut ended = false;
        for (_, item) in &mut alternative.items {
            let (first, may_be_empty) = first_of_item(item, grammar);
            set |= if ended { 0 } else { first };
            ended |= !may_be_empty;
        }
        alternative.first = if ended { set } else { TokenSet::MAX };
        all |= alternative.first;
    }
    all
}

/// What an item can start with, and whether it can match nothing.
fn first_of_item(item: &mut Item, grammar: &mut Grammar) -> (TokenSet, bool) {
    match item {
        Item::Literal(text) | Item::Soft(text) => {
            let next = FIRST_WORD + u32::try_from(grammar.words.len()).unwrap_or(0);
            let number = *grammar.words.entry(text).or_insert(next);
            debug_assert!(number < TokenSet::BITS);
            (1 << number, false)
        }
        Item::Kind(kind) => (kind_bit(*kind), false),
        Item::AnySoftKeyword => (kind_bit(TokenKind::Name), false),
        Item::Rule(number) => (grammar.rules[*number].first, false),
        Item::Group(alternatives) => (first_of_alternatives(alternatives, grammar), false),
        Item::Optional(inner) => (first_of_item(inner, grammar).0, true),
        Item::Repeat { item, separator, at_least_one } => {
            if let Some(separator) = separator {
                first_of_item(separator, grammar);
            }
            let (first, _) = first_of_item(item, grammar);
            (first, !*at_least_one)
        }
        Item::Ahead { item, .. } => {
            first_of_item(item, grammar);
            (0, true)
        }
        Item::Cut => (0, true),
        // Its absence is an error: it must be tried.
        Item::Forced(_) => (TokenSet::MAX, false),
    }
}

struct Reader<'i> {
    words: Vec<&'static str>,
    pos: usize,
    index: &'i HashMap<&'static str, usize>,
}

impl Reader<'_> {
    fn peek(&self) -> &'static str {
        self.words.get(self.pos).copied().unwrap_or("")
    }

    fn peek_second(&self) -> &'static str {
        self.words.get(self.pos + 1).copied().unwrap_or("")
    }

    fn take(&mut self) -> &'static str {
        let word = self.peek();
        self.pos += 1;
        word
    }

    fn accept(&mut self, word: &str) -> bool {
        let found = self.peek() == word;
        self.pos += usize::from(found);
        found
    }

    fn alternatives(&mut self) -> Vec<Alternative> {
        let mut result = vec![self.alternative()];
        while self.accept("|") {
            result.push(self.alternative());
        }
        result
    }

    fn alternative(&mut self) -> Alternative {
        let mut alternative = Alternative { items: Vec::new(), action: Action::Values, second_pass_only: false, first: 0 };
        loop {
            match self.peek() {
                "" | "|" | ")" | "]" => return alternative,
                "@" => {
                    self.pos += 1;
                    alternative.action = Action::Node(self.take());
                }
                "=" => {
                    self.pos += 1;
                    alternative.action = Action::Capture(self.take());
                }
                "{" => alternative.action = self.action(),
                word => {
                    let captured = self.peek_second() == "=" && !word.starts_with(['\'', '"', '&', '!', '(']);
                    let capture = captured.then_some(word);
                    if captured {
                        self.pos += 2;
                    }
                    alternative.second_pass_only |= self.peek().starts_with("invalid_");
                    let item = self.item();
                    alternative.items.push((capture, item));
                }
            }
        }
    }

    fn action(&mut self) -> Action {
        self.pos += 1;
        let form = self.take();
        let function = if form == "do" { self.take() } else { "" };
        let (mut operands, mut message) = (Vec::new(), String::new());
        loop {
            match self.take() {
                "}" | "" => break,
                text if text.starts_with('"') => message = text.trim_matches('"').replace("\\\"", "\""),
                operand => operands.push(operand),
            }
        }
        if form == "do" { Action::Call { function, operands } } else { Action::Error { form, operands, message } }
    }

    fn item(&mut self) -> Item {
        match self.peek() {
            "&&" => {
                self.pos += 1;
                return Item::Forced(self.take().trim_matches('\''));
            }
            "&" | "!" => {
                let wanted = self.take() == "&";
                return Item::Ahead { item: Box::new(self.item()), wanted };
            }
            "~" => {
                self.pos += 1;
                return Item::Cut;
            }
            _ => {}
        }
        let atom = self.atom();
        match self.peek() {
            "?" => {
                self.pos += 1;
                Item::Optional(Box::new(atom))
            }
            sign @ ("*" | "+") => {
                self.pos += 1;
                Item::Repeat { item: Box::new(atom), separator: None, at_least_one: sign == "+" }
            }
            "." => {
                self.pos += 1;
                let item = Box::new(self.atom());
                self.accept("+");
                Item::Repeat { item, separator: Some(Box::new(atom)), at_least_one: true }
            }
            _ => atom,
        }
    }

    fn atom(&mut self) -> Item {
        let word = self.take();
        match word {
            "(" => {
                let group = self.alternatives();
                self.accept(")");
                Item::Group(group)
            }
            "[" => {
                let group = self.alternatives();
                self.accept("]");
                Item::Optional(Box::new(Item::Group(group)))
            }
            "NAME" => Item::Kind(TokenKind::Name),
            "NUMBER" => Item::Kind(TokenKind::Number),
            "STRING" => Item::Kind(TokenKind::String),
            "NEWLINE" => Item::Kind(TokenKind::Newline),
            "INDENT" => Item::Kind(TokenKind::Indent),
            "DEDENT" => Item::Kind(TokenKind::Dedent),
            "ENDMARKER" => Item::Kind(TokenKind::EndMarker),
            "FSTRING_START" => Item::Kind(TokenKind::FStringStart),
            "FSTRING_MIDDLE" => Item::Kind(TokenKind::FStringMiddle),
            "FSTRING_END" => Item::Kind(TokenKind::FStringEnd),
            "SOFT_KEYWORD" => Item::AnySoftKeyword,
            _ => {
                let inner = word.trim_matches(['\'', '"']);
                if word.starts_with('"') && inner.starts_with(|c: char| c.is_alphabetic() || c == '_') {
                    Item::Soft(inner)
                } else if word.starts_with(['\'', '"']) {
                    Item::Literal(inner)
                } else {
                    debug_assert!(self.index.contains_key(word), "no rule {word}");
                    Item::Rule(self.index.get(word).copied().unwrap_or(0))
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_is_read_and_used_by_number() {
        let grammar = grammar();
        assert!(grammar.rules.len() > 200, "{}", grammar.rules.len());
        assert_eq!(grammar.rule("file"), Some(0));
        assert!(grammar.rules.iter().all(|rule| rule.alternatives.iter().all(|a| !a.items.is_empty())));
    }
}
