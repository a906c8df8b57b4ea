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
    let (readable, writable) = (m.new_list(&[]), m.new_list(&[]));
    for i in 0..readers.len() {
        let n = number(m, readers[i])?;
        if is_readable(m, n) == Some(true) {
            readable.push(m, readers[i]);
        }
    }
    for i in 0..writers.len() {
        let n = number(m, writers[i])?;
        if is_readable(m, n).is_some() {
            writable.push(m, writers[i]);
        }
    }
    if readable.is_empty() && writable.is_empty() {
        match timeout {
            Some(t) if t > 0.0 => {
                let (time, sleep, t) = (m.import_name("time")?, m.intern("sleep"), m.new_float(t));
                m.call_method(time, sleep, &[t])?;
            }
            Some(_) => {}
            None => return Err(m.runtime_error("deadlock: waiting for events that nothing can cause")),
        }
    }
    let none = m.new_list(&[]).value();
    Ok(m.new_tuple(&[readable.value(), writable.value(), none]).value())
}
