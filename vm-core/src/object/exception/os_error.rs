//! `OSError`: the error number chooses the subclass, file names leave `args`.

use super::attributes::or_none;
use super::base::{allocate, no_keywords, str as base_str, this};
use super::fields::member;
use crate::machine::{Machine, R};
use crate::native::{Args, Convention, GetSetDef, MethodDef};
use crate::object::exception::Exception;
use crate::object::header::Gc;
use crate::object::typeobj::Type;
use crate::object::value::Value;

const ERRNO: usize = 0;
const STRERROR: usize = 1;
const FILENAME: usize = 2;
const FILENAME2: usize = 3;
const WRITTEN: usize = 4;

pub(super) static GETSET: &[GetSetDef] = &[
    member::<ERRNO>("errno"),
    member::<STRERROR>("strerror"),
    member::<FILENAME>("filename"),
    member::<FILENAME2>("filename2"),
    GetSetDef { name: "characters_written", get: get_written, set: Some(set_written) },
];
pub(super) static METHODS: &[MethodDef] = &[MethodDef::new("__reduce__", Convention::NoArgs, reduce)];

/// The class an error number stands for (Linux's numbers).
fn class_of(m: &Machine, errno: i64) -> Option<Gc<Type>> {
    let e = &m.exceptions;
    Some(match errno {
        11 | 114 | 115 => e.blocking_io_error,
        32 | 108 => e.broken_pipe_error,
        10 => e.child_process_error,
        103 => e.connection_aborted_error,
        111 => e.connection_refused_error,
        104 => e.connection_reset_error,
        17 => e.file_exists_error,
        2 => e.file_not_found_error,
        21 => e.is_a_directory_error,
        20 => e.not_a_directory_error,
        4 => e.interrupted_error,
        1 | 13 => e.permission_error,
        3 => e.process_lookup_error,
        110 => e.timeout_error,
        _ => return None,
    })
}

/// The system's text for an error number.
pub(super) fn strerror(errno: i32) -> String {
    let text = std::io::Error::from_raw_os_error(errno).to_string();
    match text.rfind(" (os error") {
        Some(end) => text[..end].to_owned(),
        None => text,
    }
}

/// Whether `__init__` alone reads the arguments: the class has an `__init__` of its own, but not a `__new__`.
fn left_to_init(ty: Gc<Type>) -> bool {
    let own_init = ty.slot(|s| s.init).is_none_or(|f| f as usize != init as *const () as usize);
    let own_new = ty.slot(|s| s.new).is_none_or(|f| f as usize != new as *const () as usize);
    own_init && !own_new
}

pub(super) fn new(m: &mut Machine, ty: Gc<Type>, args: Args<'_>) -> R<Value> {
    if left_to_init(ty) {
        return Ok(allocate(m, ty, &[]).value());
    }
    no_keywords(m, ty, args)?;
    let mut class = ty;
    if ty == m.exceptions.os_error
        && let [errno, _, ..] = args.pos()
        && args.len() <= 5
        && errno.is_int()
        && let Some(found) = class_of(m, errno.as_int())
    {
        class = found;
    }
    let e = allocate(m, class, args.pos());
    fill(m, e, args.pos())?;
    Ok(e.value())
}

pub(super) fn init(m: &mut Machine, v: Value, args: Args<'_>) -> R<()> {
    let ty = m.type_of(v);
    if !left_to_init(ty) {
        // `__new__` has done everything.
        return Ok(());
    }
    no_keywords(m, ty, args)?;
    fill(m, this(v), args.pos())
}

fn fill(m: &mut Machine, e: Gc<Exception>, args: &[Value]) -> R<()> {
    let all = m.new_tuple(args);
    let mut kept = all;
    if (2..=5).contains(&args.len()) {
        let filename = args.get(2).copied().unwrap_or(Value::NONE);
        if !filename.is_none() {
            if m.type_of(e.value()) == m.exceptions.blocking_io_error && m.is_index(filename) {
                let written = m.index_i64(filename)?;
                e.set_extra(WRITTEN, Value::small(written));
            } else {
                e.set_extra(FILENAME, filename);
                if let Some(&second) = args.get(4)
                    && !second.is_none()
                {
                    e.set_extra(FILENAME2, second);
                }
                kept = m.new_tuple(&args[..2]);
            }
        }
        e.set_extra(ERRNO, args[0]);
        e.set_extra(STRERROR, args[1]);
    }
    e.args.set(kept);
    Ok(())
}

pub(super) fn str(m: &mut Machine, v: Value) -> R<Value> {
    let e = this(v);
    let (errno, strerror, filename) = (e.extra(ERRNO), e.extra(STRERROR), e.extra(FILENAME));
    if filename.is_null() && (errno.is_null() || strerror.is_null()) {
        return base_str(m, v);
    }
    let mut out = b"[Errno ".to_vec();
    let text = m.to_str(or_none(errno))?;
    out.extend_from_slice(text.bytes());
    out.extend_from_slice(b"] ");
    let text = m.to_str(or_none(strerror))?;
    out.extend_from_slice(text.bytes());
    for (separator, name) in [(&b": "[..], filename), (b" -> ", e.extra(FILENAME2))] {
        if name.is_null() {
            break;
        }
        out.extend_from_slice(separator);
        let shown = m.repr(name)?;
        out.extend_from_slice(shown.bytes());
    }
    Ok(m.new_str_wtf8(&out)?.value())
}

fn reduce(m: &mut Machine, v: Value, _: Args<'_>) -> R<Value> {
    let e = this(v);
    let mut args = e.args.get();
    if let [errno, text] = *args.items()
        && let Some(filename) = e.extra(FILENAME).non_null()
    {
        args = match e.extra(FILENAME2).non_null() {
            Some(second) => m.new_tuple(&[errno, text, filename, Value::NONE, second]),
            None => m.new_tuple(&[errno, text, filename]),
        };
    }
    let parts = [m.type_of(v).value(), args.value(), e.dict.get()];
    let n = if e.dict.get().is_null() { 2 } else { 3 };
    Ok(m.new_tuple(&parts[..n]).value())
}

fn get_written(m: &mut Machine, v: Value) -> R<Value> {
    match this(v).extra(WRITTEN).non_null() {
        Some(n) => Ok(n),
        None => Err(m.attribute_error("characters_written")),
    }
}

fn set_written(m: &mut Machine, v: Value, value: Value) -> R<()> {
    if value.is_null() {
        get_written(m, v)?;
        this(v).set_extra(WRITTEN, Value::NULL);
        return Ok(());
    }
    let n = m.index_i64(value)?;
    this(v).set_extra(WRITTEN, Value::small(n));
    Ok(())
}
