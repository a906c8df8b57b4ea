//! Descriptors: opening, reading, writing, pipes. A program reaches the three standard ones and those it opened itself.

use super::row;
use crate::machine::{Machine, R};
use crate::native::{Args, BindSpec, MethodDef};
use crate::object::value::Value;
use rustix::fs::{Mode, OFlags, SeekFrom};
use std::os::fd::RawFd;

pub(super) static FUNCTIONS: &[MethodDef] = &[
    row("open", open),
    row("close", |m, _, args| {
        let [fd] = args.bind(m, "close", ["fd"], BindSpec { positional_only: 0, required: 1, max_positional: 1 })?;
        let fd = number(m, fd)?;
        m.close_descriptor(fd)?;
        Ok(Value::NONE)
    }),
    row("read", |m, _, args| {
        let args = args.between(m, "read", 2, 2)?;
        let fd = number(m, args[0])?;
        let n = m.index_argument(args[1])?;
        let Ok(n) = usize::try_from(n) else { return Err(m.os_error_number(22, Value::NULL)) };
        let mut room = vec![0; n.min(1 << 30)];
        match m.read_descriptor(fd, &mut room)? {
            Some(n) => Ok(m.new_bytes(&room[..n])?.value()),
            None => Err(m.os_error_number(11, Value::NULL)),
        }
    }),
    row("write", |m, _, args| {
        let args = args.between(m, "write", 2, 2)?;
        let fd = number(m, args[0])?;
        let bytes = m.bytes_like_argument(args[1])?;
        match m.write_descriptor(fd, bytes)? {
            Some(n) => Ok(Value::small(n as i64)),
            None => Err(m.os_error_number(11, Value::NULL)),
        }
    }),
    row("lseek", |m, _, args| {
        let args = args.between(m, "lseek", 3, 3)?;
        let fd = number(m, args[0])?;
        let (offset, whence) = (m.index_argument(args[1])?, m.index_argument(args[2])?);
        let to = match (whence, u64::try_from(offset)) {
            (0, Ok(n)) => SeekFrom::Start(n),
            (1, _) => SeekFrom::Current(offset),
            (2, _) => SeekFrom::End(offset),
            _ => return Err(m.os_error_number(22, Value::NULL)),
        };
        let fd = m.descriptor(fd)?;
        let at = m.done(rustix::fs::seek(fd, to), Value::NULL)?;
        Ok(m.int_from_u64(at))
    }),
    row("isatty", |m, _, args| {
        let fd = args.between(m, "isatty", 1, 1)?[0];
        let fd = number(m, fd)?;
        let fd = m.descriptor(fd);
        let class = m.exceptions.os_error;
        Ok(Value::from_bool(m.catch(fd, class)?.is_some_and(rustix::termios::isatty)))
    }),
    row("pipe", |m, _, _| {
        let (from, to) = m.done(rustix::pipe::pipe_with(rustix::pipe::PipeFlags::CLOEXEC), Value::NULL)?;
        let (from, to) = (m.own_descriptor(from), m.own_descriptor(to));
        Ok(m.new_tuple(&[from, to].map(|fd| Value::small(i64::from(fd)))).value())
    }),
    row("dup", |m, _, args| {
        let fd = args.between(m, "dup", 1, 1)?[0];
        let fd = number(m, fd)?;
        let fd = m.descriptor(fd)?;
        let copy = m.done(rustix::io::fcntl_dupfd_cloexec(fd, 0), Value::NULL)?;
        Ok(Value::small(i64::from(m.own_descriptor(copy))))
    }),
    row("fsync", |m, _, args| {
        let fd = args.between(m, "fsync", 1, 1)?[0];
        let fd = number(m, fd)?;
        let fd = m.descriptor(fd)?;
        m.done(rustix::fs::fsync(fd), Value::NULL)?;
        Ok(Value::NONE)
    }),
    row("ftruncate", |m, _, args| {
        let args = args.between(m, "ftruncate", 2, 2)?;
        let fd = number(m, args[0])?;
        let n = m.index_argument(args[1])?;
        let fd = m.descriptor(fd)?;
        m.done(rustix::fs::ftruncate(fd, n.max(0) as u64), Value::NULL)?;
        Ok(Value::NONE)
    }),
    row("get_inheritable", |m, _, args| {
        let fd = args.between(m, "get_inheritable", 1, 1)?[0];
        let fd = number(m, fd)?;
        let fd = m.descriptor(fd)?;
        let flags = m.done(rustix::io::fcntl_getfd(fd), Value::NULL)?;
        Ok(Value::from_bool(!flags.contains(rustix::io::FdFlags::CLOEXEC)))
    }),
    row("set_inheritable", |m, _, args| {
        let args = args.between(m, "set_inheritable", 2, 2)?;
        let fd = number(m, args[0])?;
        let on = m.truthy(args[1])?;
        let fd = m.descriptor(fd)?;
        let flags = if on { rustix::io::FdFlags::empty() } else { rustix::io::FdFlags::CLOEXEC };
        m.done(rustix::io::fcntl_setfd(fd, flags), Value::NULL)?;
        Ok(Value::NONE)
    }),
];

/// An argument that is a descriptor.
pub(super) fn number(m: &mut Machine, v: Value) -> R<RawFd> {
    let n = m.index_argument(v)?;
    match i32::try_from(n) {
        Ok(n) => Ok(n),
        Err(_) => Err(m.overflow_error(if n > 0 { "fd is greater than maximum" } else { "fd is less than minimum" })),
    }
}

fn open(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let spec = BindSpec { positional_only: 0, required: 2, max_positional: 3 };
    let [path, flags, mode, dir_fd] = args.bind(m, "open", ["path", "flags", "mode", "dir_fd"], spec)?;
    super::stat::no_dir_fd(m, dir_fd)?;
    let flags = m.index_argument(flags)?;
    let mode = match mode.non_null() {
        Some(mode) => m.index_argument(mode)? as u32,
        None => 0o777,
    };
    m.fs_path(path, "open: path should be string, bytes or os.PathLike")?;
    let fd = m.open_by_name(path, OFlags::from_bits_retain(flags as u32), Mode::from_raw_mode(mode & 0o7777))?;
    Ok(Value::small(i64::from(fd)))
}
