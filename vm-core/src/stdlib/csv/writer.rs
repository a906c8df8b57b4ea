//! The writer: joins fields to records and hands them to a file's `write`.

use super::dialect::{Dialect, of_arguments, quoting};
use super::error;
use crate::heap::Marker;
use crate::machine::{Machine, R};
use crate::native::{Args, Convention, GetSetDef, MethodDef, TypeSpec};
use crate::object::header::{Gc, Header, Layout, LayoutId, Payload, layout_of};
use crate::object::string::Str;
use crate::object::typeobj::TypeFlags;
use crate::object::value::Value;
use crate::text::wtf8::{StrBuf, StrRef};

/// A writer.
#[repr(C)]
struct Writer {
    header: Header,
    write: Value,
    dialect: Gc<Dialect>,
}

// SAFETY: repr(C), header first; traces its references.
unsafe impl Payload for Writer {
    const LAYOUT: &'static Layout = &layout_of::<Writer>(LayoutId::CsvWriter);
    fn trace(&self, m: &mut Marker<'_>) {
        m.mark(self.write);
        m.mark_gc(self.dialect);
    }
}

/// `_csv.writer`.
pub(super) static SPEC: TypeSpec = TypeSpec {
    flags: TypeFlags::DISALLOW_INSTANTIATION | TypeFlags::BASETYPE,
    methods: &[
        MethodDef::new("writerow", Convention::O, |m, v, args| write_row(m, v, args.pos()[0])),
        MethodDef::new("writerows", Convention::O, |m, v, args| {
            let rows = m.iter(args.pos()[0])?;
            while let Some(row) = m.next(rows)? {
                write_row(m, v, row)?;
            }
            Ok(Value::NONE)
        }),
    ],
    getset: &[GetSetDef { name: "dialect", get: |_, v| Ok(this(v).dialect.value()), set: None }],
    doc: "CSV writer\n\nWriter objects are responsible for generating tabular data\nin CSV format from sequence input.\n",
    ..TypeSpec::new("_csv.writer", Writer::LAYOUT)
};

fn this(v: Value) -> Gc<Writer> {
    // SAFETY: methods and attributes of a type are called with its instances only.
    unsafe { v.cast() }
}

/// `_csv.writer(file, dialect='excel', **options)`.
pub(super) fn writer(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let (file, dialect) = match *args.pos() {
        [file] => (file, None),
        [file, dialect] => (file, Some(dialect)),
        ref other => {
            let (bound, n) = if other.is_empty() { ("at least 1 argument", 0) } else { ("at most 2 arguments", other.len()) };
            return Err(m.type_error(&format!(" expected {bound}, got {n}")));
        }
    };
    let dialect = of_arguments(m, dialect, args)?;
    let name = m.intern("write");
    let write = m.get_attr_opt(file, name)?.filter(|&w| m.type_of(w).slot(|s| s.call).is_some());
    let Some(write) = write else { return Err(m.type_error("argument 1 must have a \"write\" method")) };
    let header = Header::new(m.native_type(&SPEC));
    Ok(m.new_object(Writer { header, write, dialect }).value())
}

/// A record under construction.
struct Record {
    dialect: Gc<Dialect>,
    text: StrBuf,
    fields: usize,
}

impl Record {
    /// Appends a field (none for a null field).
    fn append(&mut self, m: &mut Machine, field: Option<Gc<Str>>, mut quoted: bool) -> R<()> {
        let d = self.dialect;
        let text = field.as_ref().map_or(StrRef::new(b""), |f| f.text());
        if text.is_empty() && d.delimiter == 32 && d.skip_initial_space {
            let null = field.is_none() && matches!(d.quoting, quoting::STRINGS | quoting::NOTNULL);
            if d.quoting == quoting::NONE || null {
                return Err(error(m, "empty field must be quoted if delimiter is a space and skipinitialspace is true"));
            }
            quoted = true;
        }
        let mut out = StrBuf::with_capacity(text.bytes.len() + 2);
        for c in text.code_points() {
            let special = c == d.delimiter || Some(c) == d.escape || Some(c) == d.quote || c == 10 || c == 13;
            if special || d.line_terminator.text().code_points().any(|t| t == c) {
                let mut escape = false;
                if d.quoting == quoting::NONE {
                    escape = true;
                } else {
                    if Some(c) == d.quote {
                        if d.double_quote {
                            out.push(c);
                        } else {
                            escape = true;
                        }
                    } else if Some(c) == d.escape {
                        escape = true;
                    }
                    if !escape {
                        quoted = true;
                    }
                }
                if escape {
                    let Some(escape) = d.escape else { return Err(error(m, "need to escape, but no escapechar set")) };
                    out.push(escape);
                }
            }
            out.push(c);
        }
        if self.fields > 0 {
            self.text.push(d.delimiter);
        }
        let quote = d.quote.filter(|_| quoted);
        quote.iter().for_each(|&q| self.text.push(q));
        self.text.push_str(out.as_ref());
        quote.iter().for_each(|&q| self.text.push(q));
        self.fields += 1;
        Ok(())
    }
}

fn write_row(m: &mut Machine, v: Value, row: Value) -> R<Value> {
    let dialect = this(v).dialect;
    let fields = match m.iter(row) {
        Ok(fields) => fields,
        Err(raised) => {
            let class = m.exceptions.type_error;
            if !m.pending_is(class) {
                return Err(raised);
            }
            m.take_raised();
            let name = m.type_name(row);
            return Err(error(m, &format!("iterable expected, not {name}")));
        }
    };
    let mut record = Record { dialect, text: StrBuf::new(), fields: 0 };
    let mut null = false;
    while let Some(field) = m.next(fields)? {
        let quoted = match dialect.quoting {
            quoting::NONNUMERIC => !is_number(m, field),
            quoting::ALL => true,
            quoting::STRINGS => field.downcast::<Str>().is_some(),
            quoting::NOTNULL => !field.is_none(),
            _ => false,
        };
        null = field.is_none();
        let text = if null { None } else { Some(m.to_str(field)?) };
        record.append(m, text, quoted)?;
    }
    if record.fields > 0 && record.text.chars() == 0 {
        if dialect.quoting == quoting::NONE || (null && matches!(dialect.quoting, quoting::STRINGS | quoting::NOTNULL)) {
            return Err(error(m, "single empty field record must be quoted"));
        }
        record.fields -= 1;
        record.append(m, None, true)?;
    }
    record.text.push_str(dialect.line_terminator.text());
    let line = m.str_from_text(&record.text)?.value();
    m.call(this(v).write, &[line])
}

/// `PyNumber_Check`.
fn is_number(m: &Machine, v: Value) -> bool {
    let ty = m.type_of(v);
    m.complex_value(v).is_some() || ty.slot(|s| s.int).is_some() || ty.slot(|s| s.float).is_some() || ty.slot(|s| s.index).is_some()
}
