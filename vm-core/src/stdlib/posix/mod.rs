//! `posix`: the system as `os` needs it, as far as the program may touch it. Files and directories are in `files.rs` and `dirs.rs`,
//! descriptors in `descriptors.rs`, what `stat` tells in `stat.rs`, the process and its environment in `process.rs`, paths as text in
//! `path.rs`. Starting processes is refused.

mod descriptors;
mod dirs;
mod files;
mod path;
mod process;
mod scandir;
mod stat;

use crate::machine::{Machine, R};
use crate::native::{Convention, MethodDef, ModuleSpec};
use crate::object::header::Gc;
use crate::object::typeobj::Type;
use crate::object::value::Value;
use rustix::io::Errno;
use std::path::Path;

/// `posix`.
pub(super) static SPEC: ModuleSpec =
    ModuleSpec { name: "posix", functions: &[], init: Some(init), doc: "This module provides access to operating system functionality." };

const CONSTANTS: &[(&str, i64)] = &[
    ("F_OK", 0),
    ("X_OK", 1),
    ("W_OK", 2),
    ("R_OK", 4),
    ("O_RDONLY", 0),
    ("O_WRONLY", 1),
    ("O_RDWR", 2),
    ("O_CREAT", 0o100),
    ("O_EXCL", 0o200),
    ("O_NOCTTY", 0o400),
    ("O_TRUNC", 0o1000),
    ("O_APPEND", 0o2000),
    ("O_NONBLOCK", 0o4000),
    ("O_NDELAY", 0o4000),
    ("O_DSYNC", 0o10000),
    ("O_SYNC", 0o4_010_000),
    ("O_DIRECTORY", 0o200_000),
    ("O_NOFOLLOW", 0o400_000),
    ("O_CLOEXEC", 0o2_000_000),
    ("O_TMPFILE", 0o20_200_000),
    ("O_ACCMODE", 3),
    ("SEEK_DATA", 3),
    ("SEEK_HOLE", 4),
    ("WNOHANG", 1),
    ("WUNTRACED", 2),
    ("WCONTINUED", 8),
    ("EX_OK", 0),
    ("EX_USAGE", 64),
    ("EX_DATAERR", 65),
    ("EX_NOINPUT", 66),
    ("EX_NOUSER", 67),
    ("EX_NOHOST", 68),
    ("EX_UNAVAILABLE", 69),
    ("EX_SOFTWARE", 70),
    ("EX_OSERR", 71),
    ("EX_OSFILE", 72),
    ("EX_CANTCREAT", 73),
    ("EX_IOERR", 74),
    ("EX_TEMPFAIL", 75),
    ("EX_PROTOCOL", 76),
    ("EX_NOPERM", 77),
    ("EX_CONFIG", 78),
    ("TMP_MAX", 238_328),
    ("NGROUPS_MAX", 65_536),
    ("GRND_NONBLOCK", 1),
    ("GRND_RANDOM", 2),
];

fn init(m: &mut Machine, dict: Gc<crate::object::dict::Dict>) -> R<()> {
    let name = m.intern("posix");
    let tables = [descriptors::FUNCTIONS, dirs::FUNCTIONS, files::FUNCTIONS, path::FUNCTIONS, process::FUNCTIONS, stat::FUNCTIONS];
    for def in tables.into_iter().flatten() {
        let f = m.new_native_function(def, Value::NULL, name.value());
        let key = m.intern(def.name);
        dict.insert_str(m, key, f.value());
    }
    for &(name, n) in CONSTANTS {
        let key = m.intern(name);
        dict.insert_str(m, key, Value::small(n));
    }
    let types = [
        ("stat_result", stat::stat_type(m)?),
        ("terminal_size", process::terminal_type(m)?),
        ("uname_result", process::uname_type(m)?),
        ("times_result", process::times_type(m)?),
        ("DirEntry", scandir::entry_type(m)),
    ];
    for (name, ty) in types {
        let key = m.intern(name);
        dict.insert_str(m, key, Gc::<Type>::value(ty));
    }
    let error = m.exceptions.os_error.value();
    let environ = process::environ(m)?;
    // The functions whose optional arguments are there: `dir_fd` and the like are not.
    let features = ["HAVE_FCHMOD", "HAVE_FTRUNCATE", "HAVE_LSTAT", "HAVE_FSTATVFS"].map(|f| m.str_value(f));
    let features = m.new_list(&features).value();
    for (name, v) in [("error", error), ("environ", environ), ("_have_functions", features)] {
        let key = m.intern(name);
        dict.insert_str(m, key, v);
    }
    Ok(())
}

/// A row of a function table.
const fn row(name: &'static str, func: crate::native::NativeFn) -> MethodDef {
    MethodDef::new(name, Convention::FastKeywords, func)
}

impl Machine {
    /// Raises the `OSError` of a failed call.
    #[cold]
    fn errno(&mut self, e: Errno, path: Value) -> crate::machine::Raised {
        self.os_error_number(e.raw_os_error(), path)
    }

    /// The result of a call about a path.
    fn done<T>(&mut self, result: Result<T, Errno>, path: Value) -> R<T> {
        result.map_err(|e| self.errno(e, path))
    }

    /// The result of a call of Rust's library about a path.
    fn done_std<T>(&mut self, result: std::io::Result<T>, path: Value) -> R<T> {
        result.map_err(|e| self.os_error_number(e.raw_os_error().unwrap_or(5), path))
    }

    /// A path as the program sees it.
    fn path_value(&mut self, path: &Path, bytes: bool) -> R<Value> {
        let raw = path.as_os_str().as_encoded_bytes();
        Ok(if bytes { self.new_bytes(raw)?.value() } else { self.decode_from_system(raw)?.value() })
    }
}

/// `_posixsubprocess`, which only refuses.
pub(super) static SUBPROCESS: ModuleSpec = ModuleSpec {
    name: "_posixsubprocess",
    functions: &[MethodDef::new("fork_exec", Convention::VarArgs, |m, _, _| process::refuse(m, "fork_exec"))],
    init: None,
    doc: "A POSIX helper for the subprocess module.",
};
