//! The reader: a state machine over the characters of lines.

use super::dialect::{Dialect, of_arguments, quoting};
use super::{error, field_limit};
use crate::heap::Marker;
use crate::machine::{Machine, R};
use crate::native::{Args, GetSetDef, TypeSpec};
use crate::object::header::{Gc, Header, Layout, LayoutId, Payload, layout_of};
use crate::object::list::List;
use crate::object::slots::Slots;
use crate::object::string::Str;
use crate::object::typeobj::TypeFlags;
use crate::object::value::Value;
use crate::text::wtf8::StrBuf;
use std::cell::Cell;

/// A reader.
#[repr(C)]
struct Reader {
    header: Header,
    input: Value,
    dialect: Gc<Dialect>,
    line_number: Cell<i64>,
}

// SAFETY: repr(C), header first; traces its references.
unsafe impl Payload for Reader {
    const LAYOUT: &'static Layout = &layout_of::<Reader>(LayoutId::CsvReader);
    fn trace(&self, m: &mut Marker<'_>) {
        m.mark(self.input);
        m.mark_gc(self.dialect);
    }
}

/// `_csv.reader`.
pub(super) static SPEC: TypeSpec = TypeSpec {
    flags: TypeFlags::DISALLOW_INSTANTIATION | TypeFlags::BASETYPE,
    slots: Slots { iter: Some(|_, v| Ok(v)), iternext: Some(next), ..Slots::EMPTY },
    getset: &[
        GetSetDef { name: "dialect", get: |_, v| Ok(this(v).dialect.value()), set: None },
        GetSetDef { name: "line_num", get: |_, v| Ok(Value::small(this(v).line_number.get())), set: None },
    ],
    doc: "CSV reader\n\nReader objects are responsible for reading and parsing tabular data\nin CSV format.\n",
    ..TypeSpec::new("_csv.reader", Reader::LAYOUT)
};

fn this(v: Value) -> Gc<Reader> {
    // SAFETY: slots and attributes of a type are called with its instances only.
    unsafe { v.cast() }
}

/// `_csv.reader(iterable, dialect='excel', **options)`.
pub(super) fn reader(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let (iterable, dialect) = match *args.pos() {
        [iterable] => (iterable, None),
        [iterable, dialect] => (iterable, Some(dialect)),
        ref other => {
            let (bound, n) = if other.is_empty() { ("at least 1 argument", 0) } else { ("at most 2 arguments", other.len()) };
            return Err(m.type_error(&format!(" expected {bound}, got {n}")));
        }
    };
    let input = m.iter(iterable)?;
    let dialect = of_arguments(m, dialect, args)?;
    let header = Header::new(m.native_type(&SPEC));
    Ok(m.new_object(Reader { header, input, dialect, line_number: Cell::new(0) }).value())
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    StartRecord,
    StartField,
    Escaped,
    AfterEscapedNewline,
    InField,
    InQuoted,
    EscapedInQuoted,
    QuoteInQuoted,
    EatNewline,
}

struct Parser {
    dialect: Gc<Dialect>,
    fields: Gc<List>,
    field: StrBuf,
    state: State,
    unquoted: bool,
    limit: i64,
}

/// The end of a line that has no more characters.
const END: u32 = u32::MAX;

impl Parser {
    fn add(&mut self, m: &mut Machine, c: u32) -> R<()> {
        if self.field.chars() as i64 >= self.limit {
            let limit = self.limit;
            return Err(error(m, &format!("field larger than field limit ({limit})")));
        }
        self.field.push(c);
        Ok(())
    }

    fn save(&mut self, m: &mut Machine) -> R<()> {
        let (style, empty) = (self.dialect.quoting, self.field.chars() == 0);
        let field = if self.unquoted && empty && matches!(style, quoting::NOTNULL | quoting::STRINGS) {
            Value::NONE
        } else {
            let text = m.str_from_text(&self.field)?.value();
            self.field = StrBuf::new();
            if self.unquoted && !empty && matches!(style, quoting::NONNUMERIC | quoting::STRINGS) {
                let f = m.to_float(text)?;
                m.new_float(f)
            } else {
                text
            }
        };
        self.fields.push(m, field);
        Ok(())
    }

    fn end_of_record(&mut self, m: &mut Machine, c: u32) -> R<()> {
        self.save(m)?;
        self.state = if c == END { State::StartRecord } else { State::EatNewline };
        Ok(())
    }

    fn character(&mut self, m: &mut Machine, mut c: u32) -> R<()> {
        let d = self.dialect;
        let (ends, quotes) = (matches!(c, 10 | 13 | END), d.quoting != quoting::NONE);
        let (is_quote, is_escape) = (Some(c) == d.quote && quotes, Some(c) == d.escape);
        match self.state {
            State::StartRecord if c == END => {}
            State::StartRecord if ends => self.state = State::EatNewline,
            State::StartRecord | State::StartField => {
                self.state = State::StartField;
                self.unquoted = true;
                if ends {
                    self.end_of_record(m, c)?;
                } else if is_quote {
                    self.unquoted = false;
                    self.state = State::InQuoted;
                } else if is_escape {
                    self.state = State::Escaped;
                } else if c == 32 && d.skip_initial_space {
                } else if c == d.delimiter {
                    self.save(m)?;
                } else {
                    self.add(m, c)?;
                    self.state = State::InField;
                }
            }
            State::Escaped => {
                if c == 10 || c == 13 {
                    self.add(m, c)?;
                    self.state = State::AfterEscapedNewline;
                } else {
                    self.add(m, if c == END { 10 } else { c })?;
                    self.state = State::InField;
                }
            }
            State::AfterEscapedNewline if c == END => {}
            State::AfterEscapedNewline | State::InField => {
                if ends {
                    self.end_of_record(m, c)?;
                } else if is_escape {
                    self.state = State::Escaped;
                } else if c == d.delimiter {
                    self.save(m)?;
                    self.state = State::StartField;
                } else {
                    self.add(m, c)?;
                }
            }
            State::InQuoted => {
                if c == END {
                } else if is_escape {
                    self.state = State::EscapedInQuoted;
                } else if is_quote {
                    self.state = if d.double_quote { State::QuoteInQuoted } else { State::InField };
                } else {
                    self.add(m, c)?;
                }
            }
            State::EscapedInQuoted => {
                if c == END {
                    c = 10;
                }
                self.add(m, c)?;
                self.state = State::InQuoted;
            }
            State::QuoteInQuoted => {
                if is_quote {
                    self.add(m, c)?;
                    self.state = State::InQuoted;
                } else if c == d.delimiter {
                    self.save(m)?;
                    self.state = State::StartField;
                } else if ends {
                    self.end_of_record(m, c)?;
                } else if !d.strict {
                    self.add(m, c)?;
                    self.state = State::InField;
                } else {
                    let shown = |c: Option<u32>| c.and_then(char::from_u32).unwrap_or('?');
                    let text = format!("'{}' expected after '{}'", shown(Some(d.delimiter)), shown(d.quote));
                    return Err(error(m, &text));
                }
            }
            State::EatNewline => {
                if c == END {
                    self.state = State::StartRecord;
                } else if !ends {
                    return Err(error(m, "new-line character seen in unquoted field - do you need to open the file with newline=''?"));
                }
            }
        }
        Ok(())
    }
}

fn next(m: &mut Machine, v: Value) -> R<Option<Value>> {
    let reader = this(v);
    let limit = field_limit(m)?;
    let mut p = Parser {
        dialect: reader.dialect,
        fields: m.new_list(&[]),
        field: StrBuf::new(),
        state: State::StartRecord,
        unquoted: false,
        limit,
    };
    loop {
        let Some(line) = m.next(reader.input)? else {
            if p.field.chars() == 0 && p.state != State::InQuoted {
                return Ok(None);
            }
            if p.dialect.strict {
                return Err(error(m, "unexpected end of data"));
            }
            p.save(m)?;
            break;
        };
        let Some(line) = line.downcast::<Str>() else {
            let name = m.type_name(line);
            let text = format!("iterator should return strings, not {name} (the file should be opened in text mode)");
            return Err(error(m, &text));
        };
        reader.line_number.set(reader.line_number.get() + 1);
        for c in line.text().code_points() {
            p.character(m, c)?;
        }
        p.character(m, END)?;
        if p.state == State::StartRecord {
            break;
        }
    }
    Ok(Some(p.fields.value()))
}
