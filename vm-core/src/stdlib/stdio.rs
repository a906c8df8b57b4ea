//! `sys.stdin`, `sys.stdout` and `sys.stderr`: text streams on the process's own descriptors, which need no permission.
//!
//! In contrast to files that `open` makes, these only write or read text as UTF-8; their bytes are collected in the machine and
//! written in blocks, so that printing costs no system call a line.

use crate::machine::{Machine, R, Raised};
use crate::native::{Args, Convention, GetSetDef, MethodDef, TypeSpec};
use crate::object::header::{Gc, Header, Layout, LayoutId, Payload, layout_of};
use crate::object::slots::Slots;
use crate::object::string::Str;
use crate::object::value::Value;
use std::io::{BufRead, IsTerminal, Write};

/// A standard stream.
#[repr(C)]
pub struct StdStream {
    header: Header,
    fd: u8,
}

// SAFETY: repr(C), header first, no references.
unsafe impl Payload for StdStream {
    const LAYOUT: &'static Layout = &layout_of::<StdStream>(LayoutId::File);
    fn trace(&self, _: &mut crate::heap::Marker<'_>) {}
}

const FLUSH_AT_BYTES: usize = 1 << 16;

/// What the standard streams of a machine write to.
pub struct StdIo {
    pending: [Vec<u8>; 2],
    sinks: [Box<dyn Write>; 2],
    line_buffered: bool,
}

impl Default for StdIo {
    fn default() -> Self {
        StdIo {
            pending: [Vec::new(), Vec::new()],
            sinks: [Box::new(std::io::stdout()), Box::new(std::io::stderr())],
            line_buffered: std::io::stdout().is_terminal(),
        }
    }
}

impl StdIo {
    /// Streams that write to these sinks instead of the process's own.
    #[must_use]
    pub fn to(out: Box<dyn Write>, err: Box<dyn Write>) -> StdIo {
        StdIo { pending: [Vec::new(), Vec::new()], sinks: [out, err], line_buffered: false }
    }

    /// Adds text to standard output (1) or error (2).
    pub fn write(&mut self, fd: u8, bytes: &[u8]) -> std::io::Result<()> {
        let pending = &mut self.pending[usize::from(fd == 2)];
        pending.extend_from_slice(bytes);
        if pending.len() >= FLUSH_AT_BYTES || (fd == 2 || self.line_buffered) && bytes.contains(&b'\n') {
            return self.flush(fd);
        }
        Ok(())
    }

    /// Writes what is pending.
    pub fn flush(&mut self, fd: u8) -> std::io::Result<()> {
        let i = usize::from(fd == 2);
        let bytes = std::mem::take(&mut self.pending[i]);
        self.sinks[i].write_all(&bytes)?;
        self.sinks[i].flush()
    }
}

impl Machine {
    /// A standard stream object for descriptor 0, 1 or 2.
    pub fn new_std_stream(&mut self, fd: u8) -> Value {
        let header = Header::new(self.types.text_file);
        self.new_object(StdStream { header, fd }).value()
    }

    /// Writes text to a standard stream.
    pub fn write_std(&mut self, fd: u8, text: &[u8]) -> R<()> {
        let result = match std::str::from_utf8(text) {
            Ok(_) => self.stdio.write(fd, text),
            Err(_) if fd == 2 => {
                let escaped = escape_surrogates(text);
                self.stdio.write(fd, &escaped)
            }
            Err(_) => {
                let s = self.new_str_wtf8(text)?;
                return Err(self.surrogates_not_allowed(s));
            }
        };
        result.map_err(|e| self.os_error(&e))
    }

    fn surrogates_not_allowed(&mut self, s: Gc<Str>) -> Raised {
        let class = self.exceptions.unicode_encode_error;
        let chars = crate::text::wtf8::StrRef::new(s.bytes());
        let at = chars.code_points().position(|c| (0xd800..0xe000).contains(&c)).unwrap_or(0) as i64;
        let (codec, reason) = (self.str_value("utf-8"), self.str_value("surrogates not allowed"));
        self.raise_with(class, &[codec, s.value(), Value::small(at), Value::small(at + 1), reason])
    }

    /// Raises the `OSError` subclass of an input or output error.
    pub fn os_error(&mut self, error: &std::io::Error) -> Raised {
        use std::io::ErrorKind as K;
        let class = match error.kind() {
            K::BrokenPipe => self.exceptions.broken_pipe_error,
            K::NotFound => self.exceptions.file_not_found_error,
            K::PermissionDenied => self.exceptions.permission_error,
            K::AlreadyExists => self.exceptions.file_exists_error,
            K::Interrupted => self.exceptions.interrupted_error,
            K::IsADirectory => self.exceptions.is_a_directory_error,
            K::NotADirectory => self.exceptions.not_a_directory_error,
            _ => self.exceptions.os_error,
        };
        let text = error.to_string();
        let text = text.split(" (os error").next().unwrap_or_default().to_owned();
        let message = self.str_value(&text);
        match error.raw_os_error() {
            Some(n) => self.raise_with(class, &[Value::small(i64::from(n)), message]),
            None => self.raise_with(class, &[message]),
        }
    }
}

fn escape_surrogates(text: &[u8]) -> Vec<u8> {
    let mut out = String::new();
    for c in crate::text::wtf8::StrRef::new(text).code_points() {
        match char::from_u32(c) {
            Some(c) => out.push(c),
            None => out.push_str(&format!("\\u{c:04x}")),
        }
    }
    out.into_bytes()
}

fn stream(m: &mut Machine, this: Value) -> R<Gc<StdStream>> {
    this.downcast::<StdStream>().ok_or_else(|| m.type_error("a standard stream is required"))
}

fn write(m: &mut Machine, this: Value, args: Args<'_>) -> R<Value> {
    let s = stream(m, this)?;
    let Some(text) = args.pos()[0].downcast::<Str>() else {
        let got = m.type_name(args.pos()[0]);
        return Err(m.type_error(&format!("write() argument must be str, not {got}")));
    };
    m.write_std(s.fd, text.bytes())?;
    Ok(Value::small(text.char_len() as i64))
}

fn writelines(m: &mut Machine, this: Value, args: Args<'_>) -> R<Value> {
    let iterator = m.iter(args.pos()[0])?;
    while let Some(line) = m.next(iterator)? {
        write(m, this, Args::positional(&[line]))?;
    }
    Ok(Value::NONE)
}

fn flush(m: &mut Machine, this: Value, _: Args<'_>) -> R<Value> {
    let s = stream(m, this)?;
    if s.fd != 0 {
        m.stdio.flush(s.fd).map_err(|e| m.os_error(&e))?;
    }
    Ok(Value::NONE)
}

fn fileno(m: &mut Machine, this: Value, _: Args<'_>) -> R<Value> {
    Ok(Value::small(i64::from(stream(m, this)?.fd)))
}

fn isatty(m: &mut Machine, this: Value, _: Args<'_>) -> R<Value> {
    Ok(Value::from_bool(match stream(m, this)?.fd {
        0 => std::io::stdin().is_terminal(),
        1 => std::io::stdout().is_terminal(),
        _ => std::io::stderr().is_terminal(),
    }))
}

fn yes(m: &mut Machine, this: Value, _: Args<'_>) -> R<Value> {
    Ok(Value::from_bool(stream(m, this)?.fd != 0))
}

fn readable(m: &mut Machine, this: Value, _: Args<'_>) -> R<Value> {
    Ok(Value::from_bool(stream(m, this)?.fd == 0))
}

fn no(_: &mut Machine, _: Value, _: Args<'_>) -> R<Value> {
    Ok(Value::FALSE)
}

fn readline(m: &mut Machine, this: Value, _: Args<'_>) -> R<Value> {
    stream(m, this)?;
    let line = m.read_input_line()?;
    Ok(m.new_str_wtf8(&line)?.value())
}

fn read(m: &mut Machine, this: Value, _: Args<'_>) -> R<Value> {
    stream(m, this)?;
    let mut all = Vec::new();
    std::io::Read::read_to_end(&mut std::io::stdin().lock(), &mut all).map_err(|e| m.os_error(&e))?;
    let text = String::from_utf8_lossy(&all).replace("\r\n", "\n");
    Ok(m.new_str_wtf8(text.as_bytes())?.value())
}

impl Machine {
    /// One line of standard input with its newline; empty at the end.
    pub fn read_input_line(&mut self) -> R<Vec<u8>> {
        let mut line = Vec::new();
        std::io::stdin().lock().read_until(b'\n', &mut line).map_err(|e| self.os_error(&e))?;
        if line.ends_with(b"\r\n") {
            line.truncate(line.len() - 2);
            line.push(b'\n');
        }
        Ok(String::from_utf8_lossy(&line).into_owned().into_bytes())
    }
}

fn iternext(m: &mut Machine, this: Value) -> R<Option<Value>> {
    let line = readline(m, this, Args::positional(&[]))?;
    // SAFETY: readline gives a str.
    Ok(if unsafe { line.cast::<Str>() }.bytes().is_empty() { None } else { Some(line) })
}

fn repr(m: &mut Machine, this: Value) -> R<Value> {
    let (name, mode) = match stream(m, this)?.fd {
        0 => ("<stdin>", "r"),
        1 => ("<stdout>", "w"),
        _ => ("<stderr>", "w"),
    };
    Ok(m.str_value(&format!("<_io.TextIOWrapper name='{name}' mode='{mode}' encoding='utf-8'>")))
}

fn name(m: &mut Machine, this: Value) -> R<Value> {
    let name = ["<stdin>", "<stdout>", "<stderr>"][usize::from(stream(m, this)?.fd.min(2))];
    Ok(m.str_value(name))
}

fn encoding(m: &mut Machine, _: Value) -> R<Value> {
    Ok(m.str_value("utf-8"))
}

fn errors(m: &mut Machine, this: Value) -> R<Value> {
    let text = if stream(m, this)?.fd == 2 { "backslashreplace" } else { "strict" };
    Ok(m.str_value(text))
}

fn closed(_: &mut Machine, _: Value) -> R<Value> {
    Ok(Value::FALSE)
}

/// `_io.TextIOWrapper`, of the standard streams.
pub static SPEC: TypeSpec = TypeSpec {
    slots: Slots { repr: Some(repr), iter: Some(|_, v| Ok(v)), iternext: Some(iternext), ..Slots::EMPTY },
    methods: &[
        MethodDef::new("write", Convention::O, write),
        MethodDef::new("writelines", Convention::O, writelines),
        MethodDef::new("flush", Convention::NoArgs, flush),
        MethodDef::new("fileno", Convention::NoArgs, fileno),
        MethodDef::new("isatty", Convention::NoArgs, isatty),
        MethodDef::new("writable", Convention::NoArgs, yes),
        MethodDef::new("readable", Convention::NoArgs, readable),
        MethodDef::new("seekable", Convention::NoArgs, no),
        MethodDef::new("readline", Convention::Fast, readline),
        MethodDef::new("read", Convention::Fast, read),
    ],
    getset: &[
        GetSetDef { name: "name", get: name, set: None },
        GetSetDef { name: "encoding", get: encoding, set: None },
        GetSetDef { name: "errors", get: errors, set: None },
        GetSetDef { name: "closed", get: closed, set: None },
    ],
    ..TypeSpec::new("_io.TextIOWrapper", StdStream::LAYOUT)
};

impl Machine {
    /// The descriptor of an output stream that is one of the process's own.
    #[must_use]
    pub fn std_fd(&self, v: Value) -> Option<u8> {
        v.downcast::<StdStream>().map(|s| s.fd).filter(|&fd| fd != 0)
    }
}
