//! `marshal`: values as CPython's bytes, format 4. Code objects come back only if this process has written them: their bytes are
//! CPython's, but the machine runs nothing that it has not compiled itself.

mod read;
mod write;

use crate::code::CodeObject;
use crate::machine::{Machine, R};
use crate::native::{BindSpec, Convention, MethodDef, ModuleSpec};
use crate::object::value::Value;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The format written unless another is asked for.
const VERSION: i64 = 4;
/// Values may not nest deeper.
const MAX_DEPTH: usize = 2000;
/// Bit of a type code: the object may be referred to further on.
const FLAG_REF: u8 = 0x80;

/// Code objects that were written, by their bytes.
pub(crate) type WrittenCode = BTreeMap<Vec<u8>, Arc<CodeObject>>;

/// `marshal`.
pub(super) static SPEC: ModuleSpec = ModuleSpec {
    name: "marshal",
    functions: &[
        MethodDef::new("dump", Convention::FastKeywords, |m, _, args| {
            let spec = BindSpec { positional_only: 3, required: 2, max_positional: 3 };
            let [value, file, version, allow] = args.bind(m, "dump", ["", "", "", "allow_code"], spec)?;
            let bytes = dumps(m, value, version, allow)?;
            let write = m.intern("write");
            m.call_method(file, write, &[bytes])
        }),
        MethodDef::new("load", Convention::FastKeywords, |m, _, args| {
            let spec = BindSpec { positional_only: 1, required: 1, max_positional: 1 };
            let [file, allow] = args.bind(m, "load", ["", "allow_code"], spec)?;
            load(m, file, allow)
        }),
        MethodDef::new("dumps", Convention::FastKeywords, |m, _, args| {
            let spec = BindSpec { positional_only: 2, required: 1, max_positional: 2 };
            let [value, version, allow] = args.bind(m, "dumps", ["", "", "allow_code"], spec)?;
            dumps(m, value, version, allow)
        }),
        MethodDef::new("loads", Convention::FastKeywords, |m, _, args| {
            let spec = BindSpec { positional_only: 1, required: 1, max_positional: 1 };
            let [bytes, allow] = args.bind(m, "loads", ["", "allow_code"], spec)?;
            let allow = m.flag_argument(allow, true)?;
            let bytes = m.bytes_like_argument(bytes)?.to_vec();
            read::read(m, &bytes, allow).map(|(v, _)| v)
        }),
    ],
    init: Some(|m, dict| {
        m.add_constant(dict, "version", Value::small(VERSION));
        Ok(())
    }),
    doc: "This module contains functions that can read and write Python values in\na binary format.",
};

fn dumps(m: &mut Machine, value: Value, version: Value, allow: Value) -> R<Value> {
    let version = m.c_int_argument(version, VERSION as i32)?;
    let allow = m.flag_argument(allow, true)?;
    let bytes = write::write(m, value, version, allow)?;
    Ok(m.new_bytes(&bytes)?.value())
}

/// Reads one value from a file, and leaves what follows it there.
fn load(m: &mut Machine, file: Value, allow: Value) -> R<Value> {
    let allow = m.flag_argument(allow, true)?;
    let (read, tell, seek) = (m.intern("read"), m.intern("tell"), m.intern("seek"));
    let start = m.call_method(file, tell, &[])?;
    let data = m.call_method(file, read, &[])?;
    let Some(bytes) = m.bytes_like(data).map(<[u8]>::to_vec) else {
        let name = m.type_name(data);
        return Err(m.type_error(&format!("file.read() returned not bytes but {name}")));
    };
    let (value, used) = read::read(m, &bytes, allow)?;
    let start = m.index_argument(start)?;
    m.call_method(file, seek, &[Value::small(start + used as i64)])?;
    Ok(value)
}
