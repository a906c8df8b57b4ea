//! `open`: which layers a mode asks for.

use super::buffered_types::{random_type, reader_type, writer_type};
use super::fileio::file_type;
use super::newline::parse_newline;
use crate::machine::{Machine, R};
use crate::native::{Args, BindSpec};
use crate::object::string::Str;
use crate::object::value::Value;

/// What a mode says.
#[derive(Default)]
struct Mode {
    creating: bool,
    reading: bool,
    writing: bool,
    appending: bool,
    updating: bool,
    text: bool,
    binary: bool,
}

fn read_mode(m: &mut Machine, text: &str) -> R<Mode> {
    let mut mode = Mode::default();
    for (i, c) in text.char_indices() {
        let flag = match c {
            'x' => &mut mode.creating,
            'r' => &mut mode.reading,
            'w' => &mut mode.writing,
            'a' => &mut mode.appending,
            '+' => &mut mode.updating,
            't' => &mut mode.text,
            'b' => &mut mode.binary,
            _ => return Err(m.value_error(&format!("invalid mode: '{text}'"))),
        };
        *flag = true;
        if text[..i].contains(c) {
            return Err(m.value_error(&format!("invalid mode: '{text}'")));
        }
    }
    if mode.text && mode.binary {
        return Err(m.value_error("can't have text and binary mode at once"));
    }
    let kinds = [mode.creating, mode.reading, mode.writing, mode.appending];
    if kinds.into_iter().filter(|&k| k).count() > 1 {
        return Err(m.value_error("must have exactly one of create/read/write/append mode"));
    }
    Ok(mode)
}

/// `open(file, mode, buffering, encoding, errors, newline, closefd, opener)`.
pub(super) fn open(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let names = ["file", "mode", "buffering", "encoding", "errors", "newline", "closefd", "opener"];
    let spec = BindSpec { positional_only: 0, required: 1, max_positional: 8 };
    let [file, mode, buffering, encoding, errors, newline, closefd, opener] = args.bind(m, "open", names, spec)?;
    let text = match mode.non_null() {
        Some(mode) => m.str_of(mode, "open() argument 'mode'")?.to_string_lossy().into_owned(),
        None => "r".to_owned(),
    };
    let mut buffering = match buffering.non_null() {
        Some(n) => m.index_argument(n)?,
        None => -1,
    };
    for (v, name) in [(encoding, "encoding"), (errors, "errors"), (newline, "newline")] {
        if !v.is_null() && !v.is_none() && v.downcast::<Str>().is_none() {
            let got = m.type_name(v);
            return Err(m.type_error(&format!("open() argument '{name}' must be str or None, not {got}")));
        }
    }
    let path = if m.is_int_instance(file) { file } else { m.fs_path(file, "expected str, bytes or os.PathLike object")?.value };
    let parsed = read_mode(m, &text)?;
    let given = |v: Value| !v.is_null() && !v.is_none();
    if parsed.binary {
        for (v, name) in [(encoding, "an encoding"), (errors, "an errors"), (newline, "a newline")] {
            if given(v) {
                return Err(m.value_error(&format!("binary mode doesn't take {name} argument")));
            }
        }
    }
    let newline = parse_newline(m, newline, "open")?;
    let raw_mode: String = text.chars().filter(|c| !matches!(c, 't' | 'b')).collect();
    let raw_mode = m.str_value(&raw_mode);
    let closefd = if closefd.is_null() { Value::TRUE } else { closefd };
    let opener = if opener.is_null() { Value::NONE } else { opener };
    let class = file_type(m).value();
    let raw = m.call(class, &[path, raw_mode, closefd, opener])?;
    let layers = (|| {
        let terminal = m.asks(raw, "isatty")?;
        let lines = buffering == 1 && !parsed.binary || buffering < 0 && terminal;
        if buffering < 0 || buffering == 1 {
            let size = m.member(raw, "_blksize")?;
            buffering = m.index_i64(size)?;
        }
        if buffering == 0 {
            if !parsed.binary {
                return Err(m.value_error("can't have unbuffered text I/O"));
            }
            return Ok(raw);
        }
        let class = if parsed.updating {
            random_type(m)
        } else if parsed.reading {
            reader_type(m)
        } else {
            writer_type(m)
        };
        let buffer = m.call(class.value(), &[raw, Value::small(buffering)])?;
        if parsed.binary {
            return Ok(buffer);
        }
        let stream = m.new_text_stream(buffer, encoding, errors, newline, lines)?;
        let (key, mode) = (m.intern("mode"), m.str_value(&text));
        m.set_attr(stream, key, mode)?;
        Ok(stream)
    })();
    if layers.is_err() {
        let exception = m.take_raised();
        if m.invoke(raw, "close", &[]).is_err() {
            m.take_raised();
        }
        return Err(m.reraise(exception));
    }
    layers
}

/// `open_code(path)`.
pub(super) fn open_code(m: &mut Machine, module: Value, args: Args<'_>) -> R<Value> {
    let [path] = args.bind(m, "open_code", ["path"], BindSpec { positional_only: 0, required: 1, max_positional: 1 })?;
    m.str_of(path, "open_code() argument 'path'")?;
    let mode = m.str_value("rb");
    open(m, module, Args::positional(&[path, mode]))
}

/// `text_encoding(encoding, stacklevel=2)`.
pub(super) fn text_encoding(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let args = args.between(m, "text_encoding", 1, 2)?;
    Ok(if args[0].is_none() { m.str_value("locale") } else { args[0] })
}
