//! The process: its numbers, its environment, random bytes, and what is refused.

use super::row;
use crate::machine::{Machine, R};
use crate::native::{BindSpec, MethodDef};
use crate::object::header::Gc;
use crate::object::typeobj::Type;
use crate::object::value::Value;
use crate::struct_seq_fields;
use std::os::unix::ffi::OsStrExt;

pub(super) static FUNCTIONS: &[MethodDef] = &[
    row("WIFSTOPPED", |m, _, args| status(m, "WIFSTOPPED", args, |n| i64::from(n & 0xff == 0x7f)).map(truth)),
    row("WIFCONTINUED", |m, _, args| status(m, "WIFCONTINUED", args, |n| i64::from(n == 0xffff)).map(truth)),
    row("WIFEXITED", |m, _, args| status(m, "WIFEXITED", args, |n| i64::from(n & 0x7f == 0)).map(truth)),
    row("WIFSIGNALED", |m, _, args| status(m, "WIFSIGNALED", args, |n| i64::from(n & 0x7f != 0 && n & 0x7f != 0x7f)).map(truth)),
    row("WCOREDUMP", |m, _, args| status(m, "WCOREDUMP", args, |n| i64::from(n & 0x80 != 0)).map(truth)),
    row("WEXITSTATUS", |m, _, args| status(m, "WEXITSTATUS", args, |n| n >> 8 & 0xff)),
    row("WSTOPSIG", |m, _, args| status(m, "WSTOPSIG", args, |n| n >> 8 & 0xff)),
    row("WTERMSIG", |m, _, args| status(m, "WTERMSIG", args, |n| n & 0x7f)),
    row("getpid", |m, _, _| Ok(m.int_from_usize(std::process::id() as usize))),
    row("getppid", |_, _, _| Ok(Value::small(rustix::process::getppid().map_or(0, |p| i64::from(p.as_raw_nonzero().get()))))),
    row("getuid", |_, _, _| Ok(Value::small(i64::from(rustix::process::getuid().as_raw())))),
    row("geteuid", |_, _, _| Ok(Value::small(i64::from(rustix::process::geteuid().as_raw())))),
    row("getgid", |_, _, _| Ok(Value::small(i64::from(rustix::process::getgid().as_raw())))),
    row("getegid", |_, _, _| Ok(Value::small(i64::from(rustix::process::getegid().as_raw())))),
    row("cpu_count", |_, _, _| Ok(std::thread::available_parallelism().map_or(Value::NONE, |n| Value::small(n.get() as i64)))),
    row("sched_getaffinity", |m, _, _| {
        let n = std::thread::available_parallelism().map_or(1, std::num::NonZero::get) as i64;
        let cpus: Vec<Value> = (0..n).map(Value::small).collect();
        let cpus = m.new_list(&cpus).value();
        let set = m.types.set.value();
        m.call(set, &[cpus])
    }),
    row("urandom", |m, _, args| {
        let n = args.between(m, "urandom", 1, 1)?[0];
        random(m, n)
    }),
    row("getrandom", |m, _, args| {
        let [n, _] = args.bind(m, "getrandom", ["size", "flags"], BindSpec { positional_only: 0, required: 1, max_positional: 2 })?;
        random(m, n)
    }),
    row("strerror", |m, _, args| {
        let n = args.between(m, "strerror", 1, 1)?[0];
        let n = m.index_argument(n)? as i32;
        let text = std::io::Error::from_raw_os_error(n).to_string();
        Ok(m.str_value(text.split(" (os error").next().unwrap_or_default()))
    }),
    row("get_terminal_size", |m, _, args| {
        let args = args.between(m, "get_terminal_size", 0, 1)?;
        let fd = match args.first() {
            Some(&fd) => super::descriptors::number(m, fd)?,
            None => 1,
        };
        let fd = m.descriptor(fd)?;
        let size = m.done(rustix::termios::tcgetwinsize(fd), Value::NULL)?;
        let class = terminal_type(m)?;
        Ok(m.new_tuple_of(class, &[Value::small(i64::from(size.ws_col)), Value::small(i64::from(size.ws_row))]).value())
    }),
    row("uname", |m, _, _| {
        let u = rustix::system::uname();
        let items = [u.sysname(), u.nodename(), u.release(), u.version(), u.machine()].map(|s| m.str_value(&s.to_string_lossy()));
        let class = uname_type(m)?;
        Ok(m.new_tuple_of(class, &items).value())
    }),
    row("times", |m, _, _| {
        let t = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
        let used = m.new_float(t.tv_sec as f64 + t.tv_nsec as f64 * 1e-9);
        let wall = rustix::time::clock_gettime(rustix::time::ClockId::Monotonic);
        let wall = m.new_float(wall.tv_sec as f64 + wall.tv_nsec as f64 * 1e-9);
        let zero = m.new_float(0.0);
        let class = times_type(m)?;
        Ok(m.new_tuple_of(class, &[used, zero, zero, zero, wall]).value())
    }),
    row("putenv", |m, _, args| {
        let args = args.between(m, "putenv", 2, 2)?;
        // `os.environ` itself remembers; the process's own environment, which nothing inherits, stays. Only the time zone has an effect.
        if m.bytes_like(args[0]) == Some(b"TZ") {
            m.lib.known_zone = None;
            m.lib.time_zone = m.bytes_like(args[1]).map(|zone| String::from_utf8_lossy(zone).into_owned());
        }
        Ok(Value::NONE)
    }),
    row("unsetenv", |m, _, args| {
        let name = args.between(m, "unsetenv", 1, 1)?[0];
        if m.bytes_like(name) == Some(b"TZ") {
            m.lib.known_zone = None;
            m.lib.time_zone = None;
        }
        Ok(Value::NONE)
    }),
    row("_exit", |m, _, args| {
        let [status] = args.bind(m, "_exit", ["status"], BindSpec { positional_only: 0, required: 1, max_positional: 1 })?;
        let status = m.index_argument(status)?;
        std::process::exit(status as i32 & 0xff)
    }),
    row("abort", |m, _, _| refuse(m, "abort")),
    row("fork", |m, _, _| refuse(m, "fork")),
    // Nothing is ever forked, so nothing has to be done after it.
    row("register_at_fork", |_, _, _| Ok(Value::NONE)),
    row("execv", |m, _, _| refuse(m, "execv")),
    row("execve", |m, _, _| refuse(m, "execve")),
    row("system", |m, _, _| refuse(m, "system")),
    row("posix_spawn", |m, _, _| refuse(m, "posix_spawn")),
    row("kill", |m, _, _| refuse(m, "kill")),
    row("waitpid", |m, _, _| Err(m.os_error_number(10, Value::NULL))),
    row("waitstatus_to_exitcode", |m, _, args| {
        let [status] =
            args.bind(m, "waitstatus_to_exitcode", ["status"], BindSpec { positional_only: 0, required: 1, max_positional: 1 })?;
        let n = m.index_argument(status)?;
        Ok(Value::small(if n & 0x7f == 0 { n >> 8 & 0xff } else { -(n & 0x7f) }))
    }),
    row("WIFSIGNALED", |m, _, args| {
        let n = args.between(m, "WIFSIGNALED", 1, 1)?[0];
        let n = m.index_argument(n)?;
        Ok(Value::from_bool(n & 0x7f != 0 && n & 0x7f != 0x7f))
    }),
    row("WIFEXITED", |m, _, args| {
        let n = args.between(m, "WIFEXITED", 1, 1)?[0];
        let n = m.index_argument(n)?;
        Ok(Value::from_bool(n & 0x7f == 0))
    }),
    row("WEXITSTATUS", |m, _, args| {
        let n = args.between(m, "WEXITSTATUS", 1, 1)?[0];
        let n = m.index_argument(n)?;
        Ok(Value::small(n >> 8 & 0xff))
    }),
];

/// Raises the error of everything that would start or signal a process.
pub(super) fn refuse(m: &mut Machine, name: &str) -> R<Value> {
    Err(m.denied_text(&format!("Permission denied ({name}: this harness starts no processes)"), Value::NULL))
}

fn random(m: &mut Machine, n: Value) -> R<Value> {
    let n = m.index_argument(n)?;
    let Ok(n) = usize::try_from(n) else { return Err(m.value_error("negative argument not allowed")) };
    let mut bytes = vec![0u8; n];
    let mut at = 0;
    while at < n {
        match rustix::rand::getrandom(&mut bytes[at..], rustix::rand::GetRandomFlags::empty()) {
            Ok(got) => at += got,
            Err(rustix::io::Errno::INTR) => {}
            Err(e) => return Err(m.errno(e, Value::NULL)),
        }
    }
    Ok(m.new_bytes(&bytes)?.value())
}

/// The environment that the program may see, bytes to bytes.
pub(super) fn environ(m: &mut Machine) -> R<Value> {
    let dict = m.new_dict();
    for (name, value) in std::env::vars_os() {
        if m.access.environment.covers(&name) {
            let (name, value) = (m.new_bytes(name.as_bytes())?, m.new_bytes(value.as_bytes())?);
            dict.insert(m, name.value(), value.value())?;
        }
    }
    Ok(dict.value())
}

/// `os.terminal_size`.
pub(super) fn terminal_type(m: &mut Machine) -> R<Gc<Type>> {
    m.struct_seq_once("os", "terminal_size", struct_seq_fields!["columns" = 0, "lines" = 1], false)
}

/// `os.uname_result`.
pub(super) fn uname_type(m: &mut Machine) -> R<Gc<Type>> {
    let fields = struct_seq_fields!["sysname" = 0, "nodename" = 1, "release" = 2, "version" = 3, "machine" = 4];
    m.struct_seq_once("posix", "uname_result", fields, false)
}

/// `os.times_result`.
pub(super) fn times_type(m: &mut Machine) -> R<Gc<Type>> {
    let fields = struct_seq_fields!["user" = 0, "system" = 1, "children_user" = 2, "children_system" = 3, "elapsed" = 4];
    m.struct_seq_once("posix", "times_result", fields, false)
}

/// What a number says that a process ended with.
fn status(m: &mut Machine, name: &str, args: crate::native::Args<'_>, f: impl Fn(i64) -> i64) -> R<Value> {
    let n = args.between(m, name, 1, 1)?[0];
    let n = m.index_argument(n)?;
    Ok(Value::small(f(n)))
}

fn truth(v: Value) -> Value {
    Value::from_bool(v != Value::small(0))
}
