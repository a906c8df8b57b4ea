//! `_tokenize`: the tokenizer as an iterator. The text is read to its end first; tokens before an error are still given.

use crate::compile::lexer::{LexError, TokenKind};
use crate::compile::tokenize::{Row, Rows};
use crate::heap::Marker;
use crate::machine::{Machine, R};
use crate::native::{Args, BindSpec, ModuleSpec, TypeSpec};
use crate::object::header::{Gc, Header, Layout, LayoutId, Payload, layout_of};
use crate::object::list::List;
use crate::object::slots::Slots;
use crate::object::string::Str;
use crate::object::typeobj::Type;
use crate::object::value::Value;
use std::cell::Cell;

/// `_tokenize`.
pub(super) static SPEC: ModuleSpec = ModuleSpec {
    name: "_tokenize",
    functions: &[],
    init: Some(|m, dict| {
        let (key, ty) = (m.intern("TokenizerIter"), m.native_type(&ITER).value());
        dict.insert_str(m, key, ty);
        Ok(())
    }),
    doc: "",
};

/// A `TokenizerIter` object.
#[repr(C)]
struct TokenizerIter {
    header: Header,
    /// The list of tokens.
    tokens: Value,
    next: Cell<usize>,
    /// The exception that comes after them, or `NULL`.
    error: Cell<Value>,
}

// SAFETY: repr(C), header first; traces its references.
unsafe impl Payload for TokenizerIter {
    const LAYOUT: &'static Layout = &layout_of::<TokenizerIter>(LayoutId::Other);
    fn trace(&self, m: &mut Marker<'_>) {
        m.mark(self.tokens);
        m.mark(self.error.get());
    }
}

static ITER: TypeSpec = TypeSpec {
    slots: Slots { new: Some(new), iter: Some(|_, v| Ok(v)), iternext: Some(next), ..Slots::EMPTY },
    ..TypeSpec::new("_tokenize.TokenizerIter", TokenizerIter::LAYOUT)
};

const OPERATORS: &[&str] = &[
    "(", ")", "[", "]", ":", ",", ";", "+", "-", "*", "/", "|", "&", "<", ">", "=", ".", "%", "{", "}", "==", "!=", "<=", ">=", "~", "^",
    "<<", ">>", "**", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "<<=", ">>=", "**=", "//", "//=", "@", "@=", "->", "...", ":=", "!",
];

/// The number of the first of [`OPERATORS`].
const FIRST_OPERATOR: i64 = 7;

/// The number in `token`.
fn number(kind: TokenKind, text: &str, exact: bool) -> i64 {
    match kind {
        TokenKind::EndMarker => 0,
        TokenKind::Name => 1,
        TokenKind::Number => 2,
        TokenKind::String => 3,
        TokenKind::Newline => 4,
        TokenKind::Indent => 5,
        TokenKind::Dedent => 6,
        TokenKind::Op if exact => OPERATORS.iter().position(|op| *op == text).map_or(55, |i| FIRST_OPERATOR + i as i64),
        TokenKind::Op => 55,
        TokenKind::FStringStart => 59,
        TokenKind::FStringMiddle => 60,
        TokenKind::FStringEnd => 61,
        TokenKind::Comment => 62,
        TokenKind::Nl => 63,
        TokenKind::Error => 64,
    }
}

/// All that a `readline` function gives.
fn read_all(m: &mut Machine, readline: Value, encoded: bool) -> R<String> {
    let mut text = String::new();
    loop {
        let line = m.call(readline, &[]);
        let class = m.exceptions.stop_iteration;
        let Some(line) = m.catch(line, class)? else { return Ok(text) };
        let piece = match line.downcast::<Str>() {
            Some(s) if !encoded => s.to_string_lossy().into_owned(),
            _ => match m.bytes_like(line) {
                Some(bytes) if encoded => String::from_utf8_lossy(bytes).into_owned(),
                _ => {
                    let (wanted, got) = (if encoded { "bytes" } else { "str" }, m.type_name(line));
                    return Err(
                        m.type_error(&format!("readline() returned a non-{} object", if got == wanted { "string" } else { wanted }))
                    );
                }
            },
        };
        if piece.is_empty() {
            return Ok(text);
        }
        text.push_str(&piece);
    }
}

fn new(m: &mut Machine, ty: Gc<Type>, args: Args<'_>) -> R<Value> {
    let spec = BindSpec { positional_only: 0, required: 1, max_positional: 1 };
    let [readline, encoding, extra] = args.bind(m, "tokenizeriter", ["readline", "encoding", "extra_tokens"], spec)?;
    let extra = !extra.is_null() && m.truthy(extra)?;
    let mut text = read_all(m, readline, !encoding.is_null())?;
    let implicit_newline = !text.is_empty() && !text.ends_with('\n');
    if implicit_newline {
        text.push('\n');
    }
    let list = m.new_list(&[]);
    let mut error = Value::NULL;
    let mut rows = Rows::new(&text, implicit_newline);
    while let Some(next) = rows.next() {
        match next {
            Ok(row) if !extra && matches!(row.kind, TokenKind::Comment | TokenKind::Nl) => {}
            Ok(row) => {
                let item = token(m, &row, !extra);
                list.push(m, item);
            }
            Err(e) => error = exception(m, &e, rows.error_position(&e), rows.current_line()),
        }
    }
    let iterator = TokenizerIter { header: Header::new(ty), tokens: list.value(), next: Cell::new(0), error: Cell::new(error) };
    Ok(m.new_object(iterator).value())
}

fn token(m: &mut Machine, row: &Row, exact: bool) -> Value {
    let pair = |m: &mut Machine, (line, column): (i32, usize)| {
        let column = m.int_from_usize(column);
        m.new_tuple(&[Value::small(i64::from(line)), column]).value()
    };
    let (text, start, end) = (m.str_value(&row.text), pair(m, row.start), pair(m, row.end));
    let lines = m.str_value(&row.lines);
    m.new_tuple(&[Value::small(number(row.kind, &row.text, exact)), text, start, end, lines]).value()
}

fn exception(m: &mut Machine, error: &LexError, (line, column): (i32, usize), shown: &str) -> Value {
    let class = match error {
        LexError::Dedent | LexError::TooDeep => m.exceptions.indentation_error,
        LexError::TabSpace => m.exceptions.tab_error,
        _ => m.exceptions.syntax_error,
    };
    let column = match error {
        // CPython counts from the line's end here.
        LexError::TabSpace => column + 1,
        _ => column,
    };
    let (message, file, shown) = (m.str_value(&error.to_string()), m.str_value("<string>"), m.str_value(shown));
    let column = m.int_from_usize(column);
    let place = m.new_tuple(&[file, Value::small(i64::from(line)), column, shown, Value::NONE, Value::NONE]).value();
    m.new_exception(class, &[message, place])
}

fn next(m: &mut Machine, v: Value) -> R<Option<Value>> {
    // SAFETY: called with instances of the type only.
    let it: Gc<TokenizerIter> = unsafe { v.cast() };
    let at = it.next.get();
    if let Some(item) = it.tokens.downcast::<List>().and_then(|l| l.get(at)) {
        it.next.set(at + 1);
        return Ok(Some(item));
    }
    match it.error.replace(Value::NULL).non_null() {
        Some(error) => Err(m.raise(error)),
        None => Ok(None),
    }
}
