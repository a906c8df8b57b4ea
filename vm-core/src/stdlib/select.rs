//! `select`: waiting for the sockets of `socket.rs`, or just for time to pass.

use super::socket::is_readable;
use crate::machine::{Machine, R};
use crate::native::{Args, Convention, MethodDef, ModuleSpec};
use crate::object::value::Value;

/// `select`.
pub(super) static SPEC: ModuleSpec = ModuleSpec {
    name: "select",
    functions: &[MethodDef::new("select", Convention::Fast, select)],
    init: Some(|m, dict| {
        let (key, class) = (m.intern("error"), m.exceptions.os_error.value());
        dict.insert_str(m, key, class);
        Ok(())
    }),
    doc: "This module supports asynchronous I/O on multiple file descriptors.",
};

/// The number of something that has one.
fn number(m: &mut Machine, v: Value) -> R<i64> {
    if m.is_int_instance(v) {
        return m.index_i64(v);
    }
    let name = m.intern("fileno");
    match m.get_attr_opt(v, name)? {
        Some(f) => {
            let n = m.call(f, &[])?;
            m.index_i64(n)
        }
        None => Err(m.type_error("argument must be an int, or have a fileno() method.")),
    }
}

fn select(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let args = args.between(m, "select", 3, 4)?;
    let timeout = match args.get(3) {
        Some(t) if !t.is_none() => Some(m.as_f64(*t)?),
        _ => None,
    };
    if timeout.is_some_and(|t| t < 0.0) {
        return Err(m.value_error("timeout must be non-negative"));
    }
    let (readers, writers) = (m.collect(args[0])?, m.collect(args[1])?);
    let mut numbers = [Vec::new(), Vec::new()];
    for (files, numbers) in [&readers, &writers].into_iter().zip(&mut numbers) {
        for i in 0..files.len() {
            numbers.push(number(m, files[i])?);
        }
    }
    let ready = &mut |m: &mut Machine| {
        numbers[0].iter().any(|&n| is_readable(m, n) == Some(true)) || numbers[1].iter().any(|&n| is_readable(m, n).is_some())
    };
    if timeout != Some(0.0) {
        m.wait_until(timeout.and_then(super::thread::deadline_after), ready)?;
    }
    let (readable, writable) = (m.new_list(&[]), m.new_list(&[]));
    for (i, &n) in numbers[0].iter().enumerate() {
        if is_readable(m, n) == Some(true) {
            readable.push(m, readers[i]);
        }
    }
    for (i, &n) in numbers[1].iter().enumerate() {
        if is_readable(m, n).is_some() {
            writable.push(m, writers[i]);
        }
    }
    let none = m.new_list(&[]).value();
    Ok(m.new_tuple(&[readable.value(), writable.value(), none]).value())
}
