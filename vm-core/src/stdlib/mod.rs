//! Native modules, one file each.

mod abc;
mod arguments;
pub(crate) mod array;
pub(crate) mod ast;
pub(crate) mod asyncio;
mod atexit;
mod binascii;
mod bisect;
mod bz2;
mod capsule;
mod cmath;
pub(crate) mod codecs;
mod collections;
mod contextvars;
mod csv;
mod datetime;
pub(crate) mod decimal;
mod expat;
mod formatter;
mod functools;
mod gc;
pub(crate) use gc::collect_def;
mod hashes;
mod heapq;
mod imp;
pub(crate) mod io;
mod itertools;
mod json;
mod locale;
mod lzma;
pub(crate) mod marshal;
mod math;
pub mod multibytecodec;
pub(crate) mod names;
mod native_struct;
mod opcode;
mod operator;
pub(crate) mod pickle;
mod posix;
mod queue;
mod random;
mod select;
mod signal;
mod site;
mod small;
mod socket;
pub(crate) mod sre;
pub(crate) mod state;
mod statistics;
pub mod stdio;
pub(crate) mod struct_seq;
mod structs;
mod symtable;
pub mod sys;
mod sys_info;
mod sys_more;
mod thread;
mod thread_lock;
mod time;
mod tokenize;
mod tracemalloc;
mod typing;
mod unicodedata;
mod warnings;
mod weakref;
mod zlib;

pub(crate) use sys_more::{unraisable_args, unraisable_hook};

use crate::machine::Machine;
use crate::native::ModuleSpec;

/// Modules that are made when they are first imported.
static MODULES: &[&ModuleSpec] = &[
    &array::SPEC,
    &asyncio::SPEC,
    &bisect::SPEC,
    &collections::SPEC,
    &contextvars::SPEC,
    &functools::SPEC,
    &gc::SPEC,
    &heapq::SPEC,
    &itertools::SPEC,
    &math::SPEC,
    &operator::SPEC,
    &queue::SPEC,
    &small::ERRNO,
    &small::FUTURE,
    &time::SPEC,
    &weakref::SPEC,
];

/// Those of them that are about the interpreter itself.
static INTERPRETER_MODULES: &[&ModuleSpec] = &[
    &abc::SPEC,
    &ast::SPEC,
    &atexit::SPEC,
    &imp::SPEC,
    &marshal::SPEC,
    &opcode::SPEC,
    &signal::SPEC,
    &thread::SPEC,
    &select::SPEC,
    &socket::SPEC,
    &symtable::SPEC,
    &tokenize::SPEC,
    &tracemalloc::SPEC,
    &typing::SPEC,
    &warnings::SPEC,
];

/// Those of them that deal with the system.
static SYSTEM_MODULES: &[&ModuleSpec] = &[&codecs::SPEC, &io::SPEC, &posix::SPEC, &posix::SUBPROCESS];

/// Those of them that work on text, bytes and numbers.
static DATA_MODULES: &[&ModuleSpec] = &[
    &binascii::SPEC,
    &bz2::SPEC,
    &cmath::SPEC,
    &csv::SPEC,
    &datetime::SPEC,
    &decimal::SPEC,
    &expat::SPEC,
    &formatter::SPEC,
    &hashes::BLAKE2,
    &hashes::MD5,
    &hashes::SHA1,
    &hashes::SHA2,
    &hashes::SHA3,
    &json::SPEC,
    &locale::SPEC,
    &lzma::SPEC,
    &multibytecodec::CN,
    &multibytecodec::HK,
    &multibytecodec::JP,
    &multibytecodec::KR,
    &multibytecodec::SPEC,
    &multibytecodec::TW,
    &pickle::SPEC,
    &random::SPEC,
    &sre::SPEC,
    &statistics::SPEC,
    &structs::SPEC,
    &unicodedata::SPEC,
    &zlib::SPEC,
];

/// The native module of that name.
pub(crate) fn native_module(name: &str) -> Option<&'static ModuleSpec> {
    MODULES.iter().chain(INTERPRETER_MODULES).chain(SYSTEM_MODULES).chain(DATA_MODULES).copied().find(|s| s.name == name)
}

/// The names of all native modules.
fn native_names() -> impl Iterator<Item = &'static str> {
    MODULES.iter().chain(INTERPRETER_MODULES).chain(SYSTEM_MODULES).chain(DATA_MODULES).map(|s| s.name)
}

/// Makes `builtins` and `sys` ready, and the other modules importable; `argv` is the program and its arguments.
pub fn install(m: &mut Machine, argv: &[String]) {
    crate::builtins::install(m);
    site::install(m);
    sys::install(m, argv);
}
