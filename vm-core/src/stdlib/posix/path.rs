//! Paths as text: arguments that name files, `fspath`, and the helpers of `posixpath`.

use crate::machine::{Machine, R};
use crate::native::{Args, Convention, MethodDef};
use crate::object::string::Str;
use crate::object::value::Value;
use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;
use std::path::PathBuf;

pub(super) static FUNCTIONS: &[MethodDef] = &[
    MethodDef::new("fspath", Convention::FastKeywords, |m, _, args| {
        let spec = crate::native::BindSpec { positional_only: 0, required: 1, max_positional: 1 };
        let [path] = args.bind(m, "fspath", ["path"], spec)?;
        m.fspath(path, "expected str, bytes or os.PathLike object")
    }),
    MethodDef::new("_path_normpath", Convention::FastKeywords, normpath),
    MethodDef::new("_path_splitroot_ex", Convention::FastKeywords, splitroot),
];

/// An argument that names a file.
pub(crate) struct FsPath {
    /// As the program gave it, or as its `__fspath__` gave it.
    pub(crate) value: Value,
    /// For the system.
    pub(crate) path: PathBuf,
    /// Whether it was given as bytes.
    pub(crate) bytes: bool,
}

impl Machine {
    /// `os.fspath`; `expected` begins the error for other objects.
    pub(crate) fn fspath(&mut self, v: Value, expected: &str) -> R<Value> {
        if v.downcast::<Str>().is_some() || self.is_bytes(v) {
            return Ok(v);
        }
        let name = self.intern("__fspath__");
        let Some(path) = self.call_special(v, name, &[])? else {
            let got = self.type_name(v);
            return Err(self.type_error(&format!("{expected}, not {got}")));
        };
        if path.downcast::<Str>().is_some() || self.is_bytes(path) {
            return Ok(path);
        }
        let (class, got) = (self.type_name(v), self.type_name(path));
        Err(self.type_error(&format!("expected {class}.__fspath__() to return str or bytes, not {got}")))
    }

    fn is_bytes(&self, v: Value) -> bool {
        self.type_of(v).is_subtype_of(self.types.bytes)
    }

    /// An argument that names a file; `expected` begins the error for other objects.
    pub(crate) fn fs_path(&mut self, v: Value, expected: &str) -> R<FsPath> {
        let value = self.fspath(v, expected)?;
        let (raw, bytes) = match value.downcast::<Str>() {
            Some(text) => (self.encode_for_system(text.text())?, false),
            None => (self.bytes_like(value).unwrap_or_default().to_vec(), true),
        };
        if raw.contains(&0) {
            let text = match expected.split_once(':') {
                Some((function, _)) => format!("{function}: embedded null character in path"),
                None => "embedded null byte".to_owned(),
            };
            return Err(self.value_error(&text));
        }
        Ok(FsPath { value, path: PathBuf::from(OsStr::from_bytes(&raw)), bytes })
    }
}

/// A `str` or `bytes` argument as raw text.
fn raw(m: &mut Machine, v: Value, name: &str) -> R<(Vec<u8>, bool)> {
    let v = m.fspath(v, &format!("{name}: path should be string, bytes or os.PathLike"))?;
    Ok(match v.downcast::<Str>() {
        Some(s) => (s.bytes().to_vec(), false),
        None => (m.bytes_like(v).unwrap_or_default().to_vec(), true),
    })
}

fn back(m: &mut Machine, raw: &[u8], bytes: bool) -> R<Value> {
    Ok(if bytes { m.new_bytes(raw)?.value() } else { m.new_str_wtf8(raw)?.value() })
}

fn only(m: &mut Machine, args: Args<'_>, name: &str) -> R<Value> {
    let spec = crate::native::BindSpec { positional_only: 0, required: 1, max_positional: 1 };
    let [path] = args.bind(m, name, ["path"], spec)?;
    Ok(path)
}

/// How many slashes begin a path, as far as they mean something: exactly two may mean something of their own.
fn root_len(path: &[u8]) -> usize {
    match path.iter().take_while(|&&b| b == b'/').count() {
        2 => 2,
        0 => 0,
        _ => 1,
    }
}

fn normpath(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let path = only(m, args, "_path_normpath")?;
    let (path, bytes) = raw(m, path, "_path_normpath")?;
    let root = root_len(&path);
    let mut parts: Vec<&[u8]> = Vec::new();
    for part in path.split(|&b| b == b'/') {
        match part {
            b"" | b"." => {}
            b".." if root > 0 && parts.is_empty() => {}
            b".." if parts.last().is_some_and(|p| *p != b"..") => {
                parts.pop();
            }
            _ => parts.push(part),
        }
    }
    let mut out = path[..root].to_vec();
    out.extend(parts.join(&b'/'));
    if out.is_empty() {
        out.push(b'.');
    }
    back(m, &out, bytes)
}

fn splitroot(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let path = only(m, args, "_path_splitroot_ex")?;
    let (path, bytes) = raw(m, path, "_path_splitroot_ex")?;
    let root = root_len(&path);
    let drive = back(m, b"", bytes)?;
    let (root, tail) = (back(m, &path[..root], bytes)?, back(m, &path[root..], bytes)?);
    Ok(m.new_tuple(&[drive, root, tail]).value())
}
