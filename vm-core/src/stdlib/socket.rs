//! `_socket`: pairs of connected sockets inside the program, which event loops wake themselves with. There is no network: any other
//! socket is refused with `PermissionError`.

use crate::machine::{Machine, R};
use crate::native::{Args, BindSpec, Convention, GetSetDef, MethodDef, ModuleSpec, TypeSpec};
use crate::object::header::{Gc, Header, Layout, LayoutId, Payload, layout_of};
use crate::object::slots::Slots;
use crate::object::typeobj::{Type, TypeFlags};
use crate::object::value::Value;
use std::cell::Cell;
use std::collections::VecDeque;

/// Numbers of sockets start here, away from the files'.
const FIRST: i64 = 1 << 20;
const AF_UNIX: i64 = 1;
const SOCK_STREAM: i64 = 1;
const EBADF: i32 = 9;
const EAGAIN: i32 = 11;
const EINVAL: i32 = 22;
const EPIPE: i32 = 32;

const CONSTANTS: &[(&str, i64)] = &[
    ("AF_UNSPEC", 0),
    ("AF_UNIX", AF_UNIX),
    ("AF_INET", 2),
    ("AF_INET6", 10),
    ("SOCK_STREAM", SOCK_STREAM),
    ("SOCK_DGRAM", 2),
    ("SOCK_RAW", 3),
    ("SOCK_CLOEXEC", 524_288),
    ("SOCK_NONBLOCK", 2048),
    ("SOL_SOCKET", 1),
    ("SO_REUSEADDR", 2),
    ("SO_TYPE", 3),
    ("SO_ERROR", 4),
    ("SO_BROADCAST", 6),
    ("SO_SNDBUF", 7),
    ("SO_RCVBUF", 8),
    ("SO_KEEPALIVE", 9),
    ("SO_REUSEPORT", 15),
    ("SOMAXCONN", 4096),
    ("IPPROTO_IP", 0),
    ("IPPROTO_TCP", 6),
    ("IPPROTO_UDP", 17),
    ("IPPROTO_IPV6", 41),
    ("IPV6_V6ONLY", 26),
    ("TCP_NODELAY", 1),
    ("MSG_PEEK", 2),
    ("MSG_DONTWAIT", 64),
    ("AI_PASSIVE", 1),
    ("AI_CANONNAME", 2),
    ("AI_NUMERICHOST", 4),
    ("AI_ADDRCONFIG", 32),
    ("NI_NUMERICHOST", 1),
    ("NI_NUMERICSERV", 2),
    ("EAI_NONAME", -2),
    ("EAI_FAMILY", -6),
    ("EAI_SERVICE", -8),
    ("SHUT_RD", 0),
    ("SHUT_WR", 1),
    ("SHUT_RDWR", 2),
    ("INADDR_ANY", 0),
    ("INADDR_LOOPBACK", 0x7f00_0001),
];

/// `_socket`.
pub(super) static SPEC: ModuleSpec = ModuleSpec {
    name: "_socket",
    functions: &[
        MethodDef::new("socketpair", Convention::VarArgs, socketpair),
        MethodDef::new("getdefaulttimeout", Convention::NoArgs, |_, _, _| Ok(Value::NONE)),
        MethodDef::new("setdefaulttimeout", Convention::O, |_, _, _| Ok(Value::NONE)),
        MethodDef::new("gethostname", Convention::NoArgs, |m, _, _| Ok(m.str_value("localhost"))),
        MethodDef::new("getaddrinfo", Convention::VarArgsKeywords, |m, _, _| Err(refused(m))),
        MethodDef::new("gethostbyname", Convention::VarArgs, |m, _, _| Err(refused(m))),
        MethodDef::new("getnameinfo", Convention::VarArgs, |m, _, _| Err(refused(m))),
        MethodDef::new("close", Convention::O, |m, _, args| {
            let n = m.index_i64(args.pos()[0])?;
            close(m, n);
            Ok(Value::NONE)
        }),
        MethodDef::new("htons", Convention::O, |m, _, args| swap(m, args, 2)),
        MethodDef::new("ntohs", Convention::O, |m, _, args| swap(m, args, 2)),
        MethodDef::new("htonl", Convention::O, |m, _, args| swap(m, args, 4)),
        MethodDef::new("ntohl", Convention::O, |m, _, args| swap(m, args, 4)),
    ],
    init: Some(|m, dict| {
        for &(name, n) in CONSTANTS {
            let name = m.intern(name);
            dict.insert_str(m, name, Value::small(n));
        }
        let class = m.native_type(&SOCKET).value();
        let (os_error, timeout) = (m.exceptions.os_error.value(), m.exceptions.timeout_error.value());
        let entries = [("socket", class), ("SocketType", class), ("error", os_error), ("timeout", timeout), ("has_ipv6", Value::FALSE)];
        for (name, v) in entries {
            let name = m.intern(name);
            dict.insert_str(m, name, v);
        }
        let (name, capsule) = (m.intern("CAPI"), super::capsule::new(m, "_socket.CAPI"));
        dict.insert_str(m, name, capsule);
        for name in ["herror", "gaierror"] {
            let (meta, bases, text, namespace) = (m.types.type_.value(), m.new_tuple(&[os_error]).value(), m.str_value(name), m.new_dict());
            let (key, module) = (m.names.module, m.str_value("socket"));
            namespace.insert_str(m, key, module);
            let class = m.call(meta, &[text, bases, namespace.value()])?;
            let name = m.intern(name);
            dict.insert_str(m, name, class);
        }
        Ok(())
    }),
    doc: "Implementation module for socket operations.\n\nSee the socket module for documentation.",
};

/// One end of a pair.
#[derive(Debug, Default)]
pub(super) struct End {
    /// What was sent to it.
    received: VecDeque<u8>,
    open: bool,
    /// It receives no more: what comes after the bytes above is the end.
    deaf: bool,
    /// It sends no more.
    mute: bool,
}

fn refused(m: &mut Machine) -> crate::machine::Raised {
    m.permission_error("network access is off")
}

fn swap(m: &mut Machine, args: Args<'_>, bytes: u32) -> R<Value> {
    let n = m.index_i64(args.pos()[0])?;
    Ok(Value::small(if bytes == 2 { i64::from((n as u16).swap_bytes()) } else { i64::from((n as u32).swap_bytes()) }))
}

/// A `socket` object.
#[repr(C)]
struct Socket {
    header: Header,
    /// Its number; -1 when closed.
    number: Cell<i64>,
    family: Cell<i64>,
    kind: Cell<i64>,
    /// Seconds to wait, or `None`.
    timeout: Cell<Value>,
}

// SAFETY: repr(C), header first; traces its reference.
unsafe impl Payload for Socket {
    const LAYOUT: &'static Layout = &layout_of::<Socket>(LayoutId::Other);
    fn trace(&self, m: &mut crate::heap::Marker<'_>) {
        m.mark(self.timeout.get());
    }
}

/// `_socket.socket`.
static SOCKET: TypeSpec = TypeSpec {
    flags: TypeFlags::BASETYPE,
    slots: Slots { new: Some(|m, ty, _| Ok(make(m, ty, -1))), init: Some(init), repr: Some(repr), ..Slots::EMPTY },
    methods: &[
        MethodDef::new("fileno", Convention::NoArgs, |_, v, _| Ok(Value::small(this(v).number.get()))),
        MethodDef::new("detach", Convention::NoArgs, |_, v, _| Ok(Value::small(this(v).number.replace(-1)))),
        MethodDef::new("close", Convention::NoArgs, |m, v, _| {
            let n = this(v).number.replace(-1);
            close(m, n);
            Ok(Value::NONE)
        }),
        MethodDef::new("setblocking", Convention::O, |m, v, args| {
            let wait = m.truthy(args.pos()[0])?;
            this(v).timeout.set(if wait { Value::NONE } else { m.new_float(0.0) });
            Ok(Value::NONE)
        }),
        MethodDef::new("getblocking", Convention::NoArgs, |_, v, _| Ok(Value::from_bool(this(v).timeout.get().is_none()))),
        MethodDef::new("settimeout", Convention::O, |_, v, args| {
            this(v).timeout.set(args.pos()[0]);
            Ok(Value::NONE)
        }),
        MethodDef::new("gettimeout", Convention::NoArgs, |_, v, _| Ok(this(v).timeout.get())),
        MethodDef::new("send", Convention::VarArgs, send),
        MethodDef::new("sendall", Convention::VarArgs, |m, v, args| send(m, v, args).map(|_| Value::NONE)),
        MethodDef::new("recv", Convention::VarArgs, receive),
        MethodDef::new("shutdown", Convention::O, shut_down),
        MethodDef::new("setsockopt", Convention::VarArgs, |_, _, _| Ok(Value::NONE)),
        MethodDef::new("getsockopt", Convention::VarArgs, |_, _, _| Ok(Value::small(0))),
        MethodDef::new("bind", Convention::O, |m, _, _| Err(refused(m))),
        MethodDef::new("connect", Convention::O, |m, _, _| Err(refused(m))),
        MethodDef::new("listen", Convention::VarArgs, |m, _, _| Err(refused(m))),
        MethodDef::new("_accept", Convention::NoArgs, |m, _, _| Err(refused(m))),
        MethodDef::new("getsockname", Convention::NoArgs, |m, _, _| Ok(m.str_value(""))),
        MethodDef::new("getpeername", Convention::NoArgs, |m, _, _| Ok(m.str_value(""))),
    ],
    getset: &[
        GetSetDef { name: "family", get: |_, v| Ok(Value::small(this(v).family.get())), set: None },
        GetSetDef { name: "type", get: |_, v| Ok(Value::small(this(v).kind.get())), set: None },
        GetSetDef { name: "proto", get: |_, _| Ok(Value::small(0)), set: None },
        GetSetDef { name: "timeout", get: |_, v| Ok(this(v).timeout.get()), set: None },
    ],
    ..TypeSpec::new("_socket.socket", Socket::LAYOUT)
};

fn this(v: Value) -> Gc<Socket> {
    // SAFETY: slots, methods and attributes of a type are called with its instances only.
    unsafe { v.cast() }
}

fn make(m: &mut Machine, ty: Gc<Type>, number: i64) -> Value {
    let (family, kind) = (Cell::new(AF_UNIX), Cell::new(SOCK_STREAM));
    m.new_object(Socket { header: Header::new(ty), number: Cell::new(number), family, kind, timeout: Cell::new(Value::NONE) }).value()
}

fn init(m: &mut Machine, v: Value, args: Args<'_>) -> R<()> {
    let spec = BindSpec { positional_only: 0, required: 0, max_positional: 4 };
    let [family, kind, _, number] = args.bind(m, "socket", ["family", "type", "proto", "fileno"], spec)?;
    if number.is_null() || number.is_none() {
        return Err(refused(m));
    }
    let number = m.index_i64(number)?;
    if end_of(m, number).is_none() {
        return Err(m.os_error_number(EBADF, Value::NULL));
    }
    this(v).number.set(number);
    for (cell, given) in [(&this(v).family, family), (&this(v).kind, kind)] {
        if !given.is_null() {
            let n = m.index_i64(given)?;
            if n >= 0 {
                cell.set(n);
            }
        }
    }
    Ok(())
}

fn repr(m: &mut Machine, v: Value) -> R<Value> {
    let s = this(v);
    let text = format!("<socket object, fd={}, family={}, type={}, proto=0>", s.number.get(), s.family.get(), s.kind.get());
    Ok(m.str_value(&text))
}

fn index(number: i64) -> Option<usize> {
    usize::try_from(number - FIRST).ok()
}

/// The open end of that number.
fn end_of(m: &mut Machine, number: i64) -> Option<&mut End> {
    m.lib.sockets.get_mut(index(number)?).filter(|end| end.open)
}

fn close(m: &mut Machine, number: i64) {
    if let Some(end) = end_of(m, number) {
        end.open = false;
        end.received.clear();
    }
}

/// The other end's number: pairs lie side by side.
fn peer(number: i64) -> i64 {
    FIRST + ((number - FIRST) ^ 1)
}

/// Whether there is something to read, or nothing more will come; `None` for a number that is no socket's.
pub(super) fn is_readable(m: &mut Machine, number: i64) -> Option<bool> {
    let end = end_of(m, number)?;
    let known = end.deaf || !end.received.is_empty();
    Some(known || end_of(m, peer(number)).is_none_or(|peer| peer.mute))
}

/// `shutdown(how)`: 0 to receive no more, 1 to send no more, 2 for both.
fn shut_down(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    let how = m.index_i64(args.pos()[0])?;
    if !(0..=2).contains(&how) {
        return Err(m.os_error_number(EINVAL, Value::NULL));
    }
    let Some(end) = end_of(m, this(v).number.get()) else { return Err(m.os_error_number(EBADF, Value::NULL)) };
    end.deaf |= how != 1;
    end.mute |= how != 0;
    Ok(Value::NONE)
}

fn socketpair(m: &mut Machine, _: Value, _: Args<'_>) -> R<Value> {
    let first = FIRST + m.lib.sockets.len() as i64;
    for _ in 0..2 {
        m.lib.sockets.push(End { open: true, ..End::default() });
    }
    let ty = m.native_type(&SOCKET);
    let pair = [make(m, ty, first), make(m, ty, first + 1)];
    Ok(m.new_tuple(&pair).value())
}

fn send(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    let data = args.pos().first().copied().unwrap_or(Value::NONE);
    let bytes = m.bytes_like_argument(data)?.to_vec();
    let number = this(v).number.get();
    let Some(end) = end_of(m, number) else { return Err(m.os_error_number(EBADF, Value::NULL)) };
    let mute = end.mute;
    match end_of(m, peer(number)) {
        Some(end) if !end.deaf && !mute => end.received.extend(&bytes),
        _ => return Err(m.os_error_number(EPIPE, Value::NULL)),
    }
    Ok(m.int_from_usize(bytes.len()))
}

fn receive(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    let size = args.pos().first().copied().unwrap_or(Value::small(0));
    let size = m.index_i64(size)?;
    let Ok(size) = usize::try_from(size) else { return Err(m.value_error("negative buffersize in recv")) };
    let number = this(v).number.get();
    let more = end_of(m, peer(number)).is_some_and(|peer| !peer.mute);
    let Some(end) = end_of(m, number) else { return Err(m.os_error_number(EBADF, Value::NULL)) };
    let more = more && !end.deaf;
    let n = size.min(end.received.len());
    let bytes: Vec<u8> = end.received.drain(..n).collect();
    if bytes.is_empty() && more && size > 0 {
        return if this(v).timeout.get().is_none() {
            Err(m.runtime_error("deadlock: waiting for data that nothing can send"))
        } else {
            Err(m.os_error_number(EAGAIN, Value::NULL))
        };
    }
    Ok(m.new_bytes(&bytes)?.value())
}
