//! `_signal`: the numbers, and handlers that are remembered. Only `raise_signal` delivers; the process's own signals are not handed on.

use crate::machine::{Machine, R};
use crate::native::{Args, Convention, MethodDef, ModuleSpec};
use crate::object::dict::Dict;
use crate::object::header::Gc;
use crate::object::value::Value;

const CONSTANTS: &[(&str, i64)] = &[
    ("SIG_DFL", 0),
    ("SIG_IGN", 1),
    ("NSIG", 65),
    ("SIG_BLOCK", 0),
    ("SIG_UNBLOCK", 1),
    ("SIG_SETMASK", 2),
    ("ITIMER_REAL", 0),
    ("ITIMER_VIRTUAL", 1),
    ("ITIMER_PROF", 2),
];

const SIGNALS: &[(&str, i64, &str)] = &[
    ("SIGHUP", 1, "Hangup"),
    ("SIGINT", 2, "Interrupt"),
    ("SIGQUIT", 3, "Quit"),
    ("SIGILL", 4, "Illegal instruction"),
    ("SIGTRAP", 5, "Trace/breakpoint trap"),
    ("SIGIOT", 6, "Aborted"),
    ("SIGABRT", 6, "Aborted"),
    ("SIGFPE", 8, "Floating point exception"),
    ("SIGKILL", 9, "Killed"),
    ("SIGBUS", 7, "Bus error"),
    ("SIGSEGV", 11, "Segmentation fault"),
    ("SIGSYS", 31, "Bad system call"),
    ("SIGPIPE", 13, "Broken pipe"),
    ("SIGALRM", 14, "Alarm clock"),
    ("SIGTERM", 15, "Terminated"),
    ("SIGUSR1", 10, "User defined signal 1"),
    ("SIGUSR2", 12, "User defined signal 2"),
    ("SIGCLD", 17, "Child exited"),
    ("SIGCHLD", 17, "Child exited"),
    ("SIGPWR", 30, "Power failure"),
    ("SIGIO", 29, "I/O possible"),
    ("SIGURG", 23, "Urgent I/O condition"),
    ("SIGWINCH", 28, "Window changed"),
    ("SIGPOLL", 29, "I/O possible"),
    ("SIGSTOP", 19, "Stopped (signal)"),
    ("SIGTSTP", 20, "Stopped"),
    ("SIGCONT", 18, "Continued"),
    ("SIGTTIN", 21, "Stopped (tty input)"),
    ("SIGTTOU", 22, "Stopped (tty output)"),
    ("SIGVTALRM", 26, "Virtual timer expired"),
    ("SIGPROF", 27, "Profiling timer expired"),
    ("SIGXCPU", 24, "CPU time limit exceeded"),
    ("SIGXFSZ", 25, "File size limit exceeded"),
    ("SIGRTMIN", 34, "Real-time signal 0"),
    ("SIGRTMAX", 64, "Real-time signal 30"),
    ("SIGSTKFLT", 16, "Stack fault"),
];

const SIGINT: i64 = 2;
const COUNT: i64 = 65;

/// `_signal`.
pub(super) static SPEC: ModuleSpec = ModuleSpec {
    name: "_signal",
    functions: &[
        MethodDef::new("signal", Convention::Fast, signal),
        MethodDef::new("getsignal", Convention::O, |m, _, args| {
            let n = number(m, args.pos()[0])?;
            handler(m, n)
        }),
        MethodDef::new("default_int_handler", Convention::Fast, |m, _, _| {
            let class = m.exceptions.keyboard_interrupt;
            Err(m.raise_class(class))
        }),
        MethodDef::new("raise_signal", Convention::O, raise),
        MethodDef::new("strsignal", Convention::O, |m, _, args| {
            let n = number(m, args.pos()[0])?;
            Ok(match SIGNALS.iter().find(|s| s.1 == n) {
                Some(s) => m.str_value(s.2),
                None => Value::NONE,
            })
        }),
        MethodDef::new("valid_signals", Convention::NoArgs, |m, _, _| {
            let set = m.new_set();
            for n in (1..COUNT).filter(|n| !(32..34).contains(n)) {
                set.add(m, Value::small(n))?;
            }
            Ok(set.value())
        }),
        MethodDef::new("set_wakeup_fd", Convention::FastKeywords, |_, _, _| Ok(Value::small(-1))),
        MethodDef::new("siginterrupt", Convention::Fast, |_, _, _| Ok(Value::NONE)),
    ],
    init: Some(|m, dict| {
        for (name, n) in CONSTANTS.iter().copied().chain(SIGNALS.iter().map(|s| (s.0, s.1))) {
            let name = m.intern(name);
            dict.insert_str(m, name, Value::small(n));
        }
        let (name, class) = (m.intern("ItimerError"), m.exceptions.os_error.value());
        dict.insert_str(m, name, class);
        let name = m.intern("default_int_handler");
        if let Some(f) = dict.get_str(m, name) {
            let handlers = handlers(m);
            handlers.insert(m, Value::small(SIGINT), f)?;
        }
        Ok(())
    }),
    doc: "This module provides mechanisms to use signal handlers in Python.",
};

fn handlers(m: &mut Machine) -> Gc<Dict> {
    if let Some(dict) = m.lib.signal_handlers.downcast::<Dict>() {
        return dict;
    }
    let dict = m.new_dict();
    m.lib.signal_handlers = dict.value();
    dict
}

fn number(m: &mut Machine, v: Value) -> R<i64> {
    let n = m.index_argument(v)?;
    if (1..COUNT).contains(&n) { Ok(n) } else { Err(m.value_error("signal number out of range")) }
}

fn handler(m: &mut Machine, n: i64) -> R<Value> {
    let known = handlers(m);
    Ok(known.get(m, Value::small(n))?.unwrap_or(Value::small(0)))
}

fn signal(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let args = args.between(m, "signal", 2, 2)?;
    let n = number(m, args[0])?;
    let default = m.int_as_i64(args[1]).is_some_and(|h| h == 0 || h == 1);
    if !default && m.type_of(args[1]).slot(|s| s.call).is_none() {
        return Err(m.type_error("signal handler must be signal.SIG_IGN, signal.SIG_DFL, or a callable object"));
    }
    if n == 9 || n == 19 {
        return Err(m.os_error_number(22, Value::NULL));
    }
    let old = handler(m, n)?;
    let known = handlers(m);
    known.insert(m, Value::small(n), args[1])?;
    Ok(old)
}

fn raise(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let n = number(m, args.pos()[0])?;
    let handler = handler(m, n)?;
    match m.int_as_i64(handler) {
        Some(1) => Ok(Value::NONE),
        Some(_) if [17, 18, 23, 28].contains(&n) => Ok(Value::NONE),
        Some(_) => Err(m.not_implemented_error(&format!("signal {n} would end the process"))),
        None => {
            let frame = m.frame_at_depth(0).map_or(Value::NONE, Gc::value);
            m.call(handler, &[Value::small(n), frame])?;
            Ok(Value::NONE)
        }
    }
}
