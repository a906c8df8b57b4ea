//! Files by name: removing, renaming, links, rights, times.

use super::row;
use super::stat::no_dir_fd;
use crate::machine::access::Intent;
use crate::machine::{Machine, R};
use crate::native::{Args, BindSpec, MethodDef};
use crate::object::tuple::Tuple;
use crate::object::value::Value;
use rustix::fs::{Access, AtFlags, CWD, Mode, Timespec, Timestamps, UTIME_NOW};
use std::path::PathBuf;

pub(super) static FUNCTIONS: &[MethodDef] = &[
    row("unlink", |m, _, a| unlink(m, a, "unlink")),
    row("remove", |m, _, a| unlink(m, a, "remove")),
    row("rename", |m, _, a| rename(m, a, "rename")),
    row("replace", |m, _, a| rename(m, a, "replace")),
    row("link", |m, _, args| {
        let spec = BindSpec { positional_only: 0, required: 2, max_positional: 2 };
        let names = ["src", "dst", "src_dir_fd", "dst_dir_fd", "follow_symlinks"];
        let [from, to, a, b, _] = args.bind(m, "link", names, spec)?;
        no_dir_fd(m, a)?;
        no_dir_fd(m, b)?;
        let source = named(m, from, "link: src")?;
        let source = m.permit(&source, Intent::Write, false, from)?;
        let target = named(m, to, "link: dst")?;
        let target = m.permit(&target, Intent::Write, false, to)?;
        let result = rustix::fs::linkat(CWD, &source, CWD, &target, AtFlags::empty());
        two(m, result, from, to)
    }),
    row("symlink", |m, _, args| {
        let spec = BindSpec { positional_only: 0, required: 2, max_positional: 3 };
        let [from, to, _, dir_fd] = args.bind(m, "symlink", ["src", "dst", "target_is_directory", "dir_fd"], spec)?;
        no_dir_fd(m, dir_fd)?;
        // What a link leads to is looked at when it is followed.
        let source = named(m, from, "symlink: src")?;
        let target = named(m, to, "symlink: dst")?;
        let target = m.permit(&target, Intent::Write, false, to)?;
        let result = rustix::fs::symlink(&source, &target);
        two(m, result, from, to)
    }),
    row("readlink", |m, _, args| {
        let spec = BindSpec { positional_only: 0, required: 1, max_positional: 1 };
        let [path, dir_fd] = args.bind(m, "readlink", ["path", "dir_fd"], spec)?;
        no_dir_fd(m, dir_fd)?;
        let given = m.fs_path(path, "readlink: path should be string, bytes or os.PathLike")?;
        let place = m.permit(&given.path, Intent::Read, false, path)?;
        let target = m.done_std(std::fs::read_link(place), path)?;
        m.path_value(&target, given.bytes)
    }),
    row("access", |m, _, args| {
        let spec = BindSpec { positional_only: 0, required: 2, max_positional: 2 };
        let names = ["path", "mode", "dir_fd", "effective_ids", "follow_symlinks"];
        let [path, mode, dir_fd, _, _] = args.bind(m, "access", names, spec)?;
        no_dir_fd(m, dir_fd)?;
        let mode = m.index_argument(mode)? as u32;
        let given = named(m, path, "access: path")?;
        let mut allowed = m.permit(&given, Intent::Read, true, path);
        if allowed.is_ok() && mode & 2 != 0 {
            allowed = m.permit(&given, Intent::Write, true, path);
        }
        let class = m.exceptions.permission_error;
        // What the program may not touch is answered as the system answers.
        Ok(Value::from_bool(match m.catch(allowed, class)? {
            Some(place) => rustix::fs::access(&place, Access::from_bits_truncate(mode as _)).is_ok(),
            None => false,
        }))
    }),
    row("chmod", |m, _, args| {
        let spec = BindSpec { positional_only: 0, required: 2, max_positional: 2 };
        let [path, mode, dir_fd, _] = args.bind(m, "chmod", ["path", "mode", "dir_fd", "follow_symlinks"], spec)?;
        no_dir_fd(m, dir_fd)?;
        let mode = Mode::from_raw_mode(m.index_argument(mode)? as u32 & 0o7777);
        if m.is_int_instance(path) {
            let fd = super::descriptors::number(m, path)?;
            let fd = m.descriptor(fd)?;
            m.done(rustix::fs::fchmod(fd, mode), Value::NULL)?;
            return Ok(Value::NONE);
        }
        let given = named(m, path, "chmod: path")?;
        let place = m.permit(&given, Intent::Write, true, path)?;
        m.done(rustix::fs::chmod(&place, mode), path)?;
        Ok(Value::NONE)
    }),
    row("fchmod", |m, _, args| {
        let [fd, mode] = args.bind(m, "fchmod", ["fd", "mode"], BindSpec { positional_only: 0, required: 2, max_positional: 2 })?;
        let mode = Mode::from_raw_mode(m.index_argument(mode)? as u32 & 0o7777);
        let fd = super::descriptors::number(m, fd)?;
        let fd = m.descriptor(fd)?;
        m.done(rustix::fs::fchmod(fd, mode), Value::NULL)?;
        Ok(Value::NONE)
    }),
    row("truncate", |m, _, args| {
        let [path, length] =
            args.bind(m, "truncate", ["path", "length"], BindSpec { positional_only: 0, required: 2, max_positional: 2 })?;
        let length = m.index_argument(length)?;
        let given = named(m, path, "truncate: path")?;
        let place = m.permit(&given, Intent::Write, true, path)?;
        let file = m.done_std(std::fs::OpenOptions::new().write(true).open(place), path)?;
        m.done_std(file.set_len(length.max(0) as u64), path)?;
        Ok(Value::NONE)
    }),
    row("utime", utime),
    row("umask", |m, _, args| {
        let mask = args.between(m, "umask", 1, 1)?[0];
        let mask = m.index_argument(mask)? as u32;
        let old = rustix::process::umask(Mode::from_raw_mode(mask & 0o777));
        Ok(Value::small(i64::from(old.as_raw_mode())))
    }),
];

fn named(m: &mut Machine, v: Value, what: &str) -> R<PathBuf> {
    Ok(m.fs_path(v, &format!("{what} should be string, bytes or os.PathLike"))?.path)
}

/// The result of a call about two paths, both of which its error names.
fn two(m: &mut Machine, result: Result<(), rustix::io::Errno>, from: Value, to: Value) -> R<Value> {
    match result {
        Ok(()) => Ok(Value::NONE),
        Err(e) => {
            let text = std::io::Error::from_raw_os_error(e.raw_os_error()).to_string();
            let text = m.str_value(text.split(" (os error").next().unwrap_or_default());
            let class = m.exceptions.os_error;
            Err(m.raise_with(class, &[Value::small(i64::from(e.raw_os_error())), text, from, Value::NONE, to]))
        }
    }
}

fn unlink(m: &mut Machine, args: Args<'_>, name: &str) -> R<Value> {
    let [path, dir_fd] = args.bind(m, name, ["path", "dir_fd"], BindSpec { positional_only: 0, required: 1, max_positional: 1 })?;
    no_dir_fd(m, dir_fd)?;
    let given = named(m, path, &format!("{name}: path"))?;
    let place = m.permit(&given, Intent::Write, false, path)?;
    m.done(rustix::fs::unlink(&place), path)?;
    Ok(Value::NONE)
}

fn rename(m: &mut Machine, args: Args<'_>, name: &str) -> R<Value> {
    let spec = BindSpec { positional_only: 0, required: 2, max_positional: 2 };
    let [from, to, a, b] = args.bind(m, name, ["src", "dst", "src_dir_fd", "dst_dir_fd"], spec)?;
    no_dir_fd(m, a)?;
    no_dir_fd(m, b)?;
    let source = named(m, from, &format!("{name}: src"))?;
    let source = m.permit(&source, Intent::Write, false, from)?;
    let target = named(m, to, &format!("{name}: dst"))?;
    let target = m.permit(&target, Intent::Write, false, to)?;
    let result = rustix::fs::rename(&source, &target);
    two(m, result, from, to)
}

fn utime(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let spec = BindSpec { positional_only: 0, required: 1, max_positional: 2 };
    let [path, times, ns, dir_fd, follow] = args.bind(m, "utime", ["path", "times", "ns", "dir_fd", "follow_symlinks"], spec)?;
    no_dir_fd(m, dir_fd)?;
    let follow = follow.is_null() || m.truthy(follow)?;
    let mut both = [Timespec { tv_sec: 0, tv_nsec: UTIME_NOW as _ }; 2];
    let pair = |m: &mut Machine, v: Value, text: &str| match v.downcast::<Tuple>().filter(|t| t.len() == 2) {
        Some(t) => Ok(t),
        None => Err(m.type_error(text)),
    };
    if let Some(ns) = ns.non_null() {
        let ns = pair(m, ns, "utime: 'ns' must be a tuple of two ints")?;
        for (to, &v) in both.iter_mut().zip(ns.slice()) {
            let n = m.index_i64(v)?;
            *to = Timespec { tv_sec: n.div_euclid(1_000_000_000), tv_nsec: n.rem_euclid(1_000_000_000) as _ };
        }
    } else if let Some(times) = times.non_null().filter(|v| !v.is_none()) {
        let times = pair(m, times, "utime: 'times' must be either a tuple of two ints or None")?;
        for (to, &v) in both.iter_mut().zip(times.slice()) {
            let t = m.as_f64(v)?;
            let whole = t.floor();
            *to = Timespec { tv_sec: whole as i64, tv_nsec: ((t - whole) * 1e9) as _ };
        }
    }
    let given = named(m, path, "utime: path")?;
    let place = m.permit(&given, Intent::Write, follow, path)?;
    let flags = if follow { AtFlags::empty() } else { AtFlags::SYMLINK_NOFOLLOW };
    let stamps = Timestamps { last_access: both[0], last_modification: both[1] };
    m.done(rustix::fs::utimensat(CWD, &place, &stamps, flags), path)?;
    Ok(Value::NONE)
}
