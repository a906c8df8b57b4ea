//! `print`, `input`, `repr`, `ascii`, `format`, `chr`, `ord`.

use crate::machine::{Machine, R};
use crate::native::{Args, Convention, MethodDef};
use crate::object::string::Str;
use crate::object::value::Value;

fn separator(m: &mut Machine, v: Value, name: &str, default: &'static str) -> R<Vec<u8>> {
    if v.is_null() || v.is_none() {
        return Ok(default.as_bytes().to_vec());
    }
    match v.downcast::<Str>() {
        Some(s) => Ok(s.bytes().to_vec()),
        None => {
            let got = m.type_name(v);
            Err(m.type_error(&format!("{name} must be None or a string, not {got}")))
        }
    }
}

fn print(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let [mut sep, mut end, mut file, mut flush] = [Value::NULL; 4];
    for (key, value) in args.keywords() {
        match key.as_static_str() {
            "sep" => sep = value,
            "end" => end = value,
            "file" => file = value,
            "flush" => flush = value,
            other => {
                let hint = crate::object::suggest::closest(other, ["sep", "end", "file", "flush"].into_iter());
                let hint = hint.map_or(String::new(), |s| format!(". Did you mean '{s}'?"));
                return Err(m.type_error(&format!("print() got an unexpected keyword argument '{other}'{hint}")));
            }
        }
    }
    let sep = separator(m, sep, "sep", " ")?;
    let end = separator(m, end, "end", "\n")?;
    if file.is_null() || file.is_none() {
        file = m.sys_attribute("stdout")?;
        if file.is_none() {
            return Ok(Value::NONE);
        }
    }
    if let Some(stream) = m.plain_text_stream(file) {
        stream.ready(m)?;
        for (i, &v) in args.pos().iter().enumerate() {
            if i > 0 {
                stream.print(m, &sep)?;
            }
            let text = m.to_str(v)?;
            stream.print(m, text.bytes())?;
        }
        stream.print(m, &end)?;
        if !flush.is_null() && m.truthy(flush)? {
            stream.flush_now(m)?;
        }
        return Ok(Value::NONE);
    }
    let write = m.names.write;
    let sep = m.new_str_wtf8(&sep)?.value();
    let end = m.new_str_wtf8(&end)?.value();
    for (i, &v) in args.pos().iter().enumerate() {
        if i > 0 {
            m.call_method(file, write, &[sep])?;
        }
        let text = m.to_str(v)?.value();
        m.call_method(file, write, &[text])?;
    }
    m.call_method(file, write, &[end])?;
    if !flush.is_null() && m.truthy(flush)? {
        let flush = m.names.flush;
        m.call_method(file, flush, &[])?;
    }
    Ok(Value::NONE)
}

fn input(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let args = args.between(m, "input", 0, 1)?;
    let streams = ["stdin", "stdout", "stderr"];
    for name in streams {
        if m.sys_attribute(name)?.is_none() {
            return Err(m.runtime_error(&format!("input(): lost sys.{name}")));
        }
    }
    let (write, flush) = (m.names.write, m.names.flush);
    let errors = m.sys_attribute("stderr")?;
    if m.call_method(errors, flush, &[]).is_err() {
        m.take_raised();
    }
    let output = m.sys_attribute("stdout")?;
    if let Some(&prompt) = args.first() {
        let text = m.to_str(prompt)?.value();
        m.call_method(output, write, &[text])?;
    }
    if m.call_method(output, flush, &[]).is_err() {
        m.take_raised();
    }
    let input = m.sys_attribute("stdin")?;
    let readline = m.intern("readline");
    let line = m.call_method(input, readline, &[])?;
    let Some(line) = line.downcast::<Str>() else {
        return Err(m.type_error("object.readline() returned non-string"));
    };
    match line.bytes() {
        b"" => Err(m.eof_error("EOF when reading a line")),
        bytes => Ok(m.new_str_wtf8(bytes.strip_suffix(b"\n").unwrap_or(bytes))?.value()),
    }
}

fn repr(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    Ok(m.repr(args.pos()[0])?.value())
}

fn ascii(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    Ok(m.ascii(args.pos()[0])?.value())
}

fn format(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let args = args.between(m, "format", 1, 2)?;
    let spec = match args.get(1) {
        None => m.names.empty,
        Some(v) => match v.downcast::<Str>() {
            Some(s) => s,
            None => {
                return Err(m.bad_argument("format", "argument 2", "str", args[1]));
            }
        },
    };
    Ok(m.format(args[0], spec)?.value())
}

fn chr(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let v = m.index(args.pos()[0])?;
    match m.int_as_i64(v) {
        Some(c @ 0..=0x10_ffff) => Ok(m.char_str(c as u32).value()),
        _ => Err(m.value_error("chr() arg not in range(0x110000)")),
    }
}

fn ord(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let v = args.pos()[0];
    let (len, first) = if let Some(s) = v.downcast::<Str>() {
        (s.char_len(), crate::text::wtf8::StrRef::new(s.bytes()).code_points().next())
    } else if let Some(bytes) = m.bytes_like(v) {
        (bytes.len(), bytes.first().map(|&b| u32::from(b)))
    } else {
        let got = m.type_name(v);
        return Err(m.type_error(&format!("ord() expected string of length 1, but {got} found")));
    };
    match first {
        Some(c) if len == 1 => Ok(Value::small(i64::from(c))),
        _ => Err(m.type_error(&format!("ord() expected a character, but string of length {len} found"))),
    }
}

/// The functions.
pub(super) static FUNCTIONS: &[MethodDef] = &[
    MethodDef::new("print", Convention::FastKeywords, print),
    MethodDef::new("input", Convention::Fast, input),
    MethodDef::new("repr", Convention::O, repr),
    MethodDef::new("ascii", Convention::O, ascii),
    MethodDef::new("format", Convention::Fast, format),
    MethodDef::new("chr", Convention::O, chr),
    MethodDef::new("ord", Convention::O, ord),
];
