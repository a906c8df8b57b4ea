//! What the system tells about files: `stat`, `lstat`, `fstat`, and their result.

use crate::machine::access::Intent;
use crate::machine::{Machine, R};
use crate::native::{Args, BindSpec, MethodDef};
use crate::object::header::Gc;
use crate::object::typeobj::Type;
use crate::object::value::Value;
use crate::struct_seq_fields;
use rustix::fs::Stat;

pub(super) static FUNCTIONS: &[MethodDef] = &[super::row("stat", stat), super::row("lstat", lstat), super::row("fstat", fstat)];

/// `os.stat_result`.
pub(super) fn stat_type(m: &mut Machine) -> R<Gc<Type>> {
    let fields = struct_seq_fields!["st_mode" = 0, "st_ino" = 1, "st_dev" = 2, "st_nlink" = 3, "st_uid" = 4, "st_gid" = 5, "st_size" = 6,];
    m.struct_seq_once("os", "stat_result", fields, true)
}

/// A `stat_result`: ten numbers, and more by name.
pub(super) fn stat_value(m: &mut Machine, s: &Stat) -> R<Value> {
    let ns = |seconds: i64, rest: u64| i128::from(seconds) * 1_000_000_000 + i128::from(rest);
    let times = [ns(s.st_atime, s.st_atime_nsec as u64), ns(s.st_mtime, s.st_mtime_nsec as u64), ns(s.st_ctime, s.st_ctime_nsec as u64)];
    let seconds = times.map(|t| m.int_from_i128(t.div_euclid(1_000_000_000)));
    let mode = Value::small(i64::from(s.st_mode));
    let size = m.new_int(s.st_size);
    let (inode, device) = (m.int_from_u64(s.st_ino), m.int_from_u64(s.st_dev));
    let links = m.int_from_u64(s.st_nlink);
    let (user, group) = (Value::small(i64::from(s.st_uid)), Value::small(i64::from(s.st_gid)));
    let items = [mode, inode, device, links, user, group, size, seconds[0], seconds[1], seconds[2]];
    let class = stat_type(m)?;
    let result = m.new_tuple_of(class, &items).value();
    let names = [("st_atime", "st_atime_ns"), ("st_mtime", "st_mtime_ns"), ("st_ctime", "st_ctime_ns")];
    for (t, (name, whole)) in times.into_iter().zip(names) {
        let (float, exact) = (m.new_float(t as f64 * 1e-9), m.int_from_i128(t));
        for (name, v) in [(name, float), (whole, exact)] {
            let key = m.intern(name);
            m.set_attr(result, key, v)?;
        }
    }
    let rdev = m.int_from_u64(s.st_rdev);
    let (block, blocks) = (Value::small(s.st_blksize), m.new_int(s.st_blocks));
    for (name, v) in [("st_blksize", block), ("st_blocks", blocks), ("st_rdev", rdev)] {
        let key = m.intern(name);
        m.set_attr(result, key, v)?;
    }
    Ok(result)
}

const EXPECTED: &str = "stat: path should be string, bytes, os.PathLike or integer";

fn by_number(m: &mut Machine, fd: Value) -> R<Value> {
    let fd = super::descriptors::number(m, fd)?;
    let fd = m.descriptor(fd)?;
    let s = m.done(rustix::fs::fstat(fd), Value::NULL)?;
    stat_value(m, &s)
}

fn by_name(m: &mut Machine, path: Value, follow: bool, expected: &str) -> R<Value> {
    let given = m.fs_path(path, expected)?;
    let path = given.value;
    let place = m.permit(&given.path, Intent::Read, follow, path)?;
    let result = if follow { rustix::fs::stat(&place) } else { rustix::fs::lstat(&place) };
    let s = m.done(result, path)?;
    stat_value(m, &s)
}

fn stat(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let spec = BindSpec { positional_only: 0, required: 1, max_positional: 1 };
    let [path, dir_fd, follow] = args.bind(m, "stat", ["path", "dir_fd", "follow_symlinks"], spec)?;
    no_dir_fd(m, dir_fd)?;
    if m.is_int_instance(path) {
        return by_number(m, path);
    }
    let follow = follow.is_null() || m.truthy(follow)?;
    by_name(m, path, follow, EXPECTED)
}

/// `dir_fd` is not supported.
pub(super) fn no_dir_fd(m: &mut Machine, v: Value) -> R<()> {
    if v.is_null() || v.is_none() { Ok(()) } else { Err(m.not_implemented_error("dir_fd unavailable on this platform")) }
}

fn lstat(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let spec = BindSpec { positional_only: 0, required: 1, max_positional: 1 };
    let [path, dir_fd] = args.bind(m, "lstat", ["path", "dir_fd"], spec)?;
    no_dir_fd(m, dir_fd)?;
    by_name(m, path, false, "lstat: path should be string, bytes or os.PathLike")
}

fn fstat(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let [fd] = args.bind(m, "fstat", ["fd"], BindSpec { positional_only: 0, required: 1, max_positional: 1 })?;
    by_number(m, fd)
}
