//! Directories: listing, making and removing them, the working directory.

use super::{row, scandir, stat::no_dir_fd};
use crate::machine::access::Intent;
use crate::machine::{Machine, R};
use crate::native::{Args, BindSpec, MethodDef};
use crate::object::value::Value;
use std::ffi::OsString;
use std::path::Path;

pub(super) static FUNCTIONS: &[MethodDef] = &[
    row("listdir", listdir),
    row("scandir", scandir::scandir),
    row("mkdir", |m, _, args| {
        let spec = BindSpec { positional_only: 0, required: 1, max_positional: 2 };
        let [path, mode, dir_fd] = args.bind(m, "mkdir", ["path", "mode", "dir_fd"], spec)?;
        no_dir_fd(m, dir_fd)?;
        let mode = match mode.non_null() {
            Some(mode) => m.index_argument(mode)? as u32,
            None => 0o777,
        };
        let given = m.fs_path(path, "mkdir: path should be string, bytes or os.PathLike")?;
        let place = m.permit(&given.path, Intent::Write, false, path)?;
        m.done(rustix::fs::mkdir(&place, rustix::fs::Mode::from_raw_mode(mode & 0o7777)), path)?;
        Ok(Value::NONE)
    }),
    row("rmdir", |m, _, args| {
        let spec = BindSpec { positional_only: 0, required: 1, max_positional: 1 };
        let [path, dir_fd] = args.bind(m, "rmdir", ["path", "dir_fd"], spec)?;
        no_dir_fd(m, dir_fd)?;
        let given = m.fs_path(path, "rmdir: path should be string, bytes or os.PathLike")?;
        let place = m.permit(&given.path, Intent::Write, false, path)?;
        m.done(rustix::fs::rmdir(&place), path)?;
        Ok(Value::NONE)
    }),
    row("getcwd", |m, _, _| cwd(m, false)),
    row("getcwdb", |m, _, _| cwd(m, true)),
    row("chdir", |m, _, args| {
        let [path] = args.bind(m, "chdir", ["path"], BindSpec { positional_only: 0, required: 1, max_positional: 1 })?;
        let given = m.fs_path(path, "chdir: path should be string, bytes, os.PathLike or integer")?;
        let place = m.permit(&given.path, Intent::Read, true, path)?;
        m.done(rustix::process::chdir(&place), path)?;
        Ok(Value::NONE)
    }),
];

fn cwd(m: &mut Machine, bytes: bool) -> R<Value> {
    let here = m.done_std(std::env::current_dir(), Value::NULL)?;
    m.path_value(&here, bytes)
}

/// Names in a directory, without `.` and `..`.
pub(super) fn names(path: &Path) -> std::io::Result<Vec<OsString>> {
    std::fs::read_dir(path)?.map(|entry| entry.map(|e| e.file_name())).collect()
}

fn listdir(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let [path] = args.bind(m, "listdir", ["path"], BindSpec { positional_only: 0, required: 0, max_positional: 1 })?;
    let path = match path.non_null().filter(|v| !v.is_none()) {
        Some(path) => path,
        None => m.str_value("."),
    };
    let given = m.fs_path(path, "listdir: path should be string, bytes, os.PathLike or None")?;
    let place = m.permit(&given.path, Intent::Read, true, path)?;
    let names = m.done_std(names(&place), path)?;
    let list = m.new_list(&[]);
    for name in names {
        let name = m.path_value(Path::new(&name), given.bytes)?;
        list.push(m, name);
    }
    Ok(list.value())
}
