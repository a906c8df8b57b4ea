//! `FileIO`: a descriptor as a stream of bytes. The one place where data go to and come from the system.

use super::base::raw_base;
use super::this;
use crate::heap::Marker;
use crate::machine::{Machine, R};
use crate::native::{Args, BindSpec, Convention, GetSetDef, MethodDef, TypeSpec};
use crate::object::header::{Gc, Header, Layout, LayoutId, Payload, layout_of};
use crate::object::slots::Slots;
use crate::object::typeobj::{Type, TypeFlags};
use crate::object::value::Value;
use rustix::fs::{FileType, Mode, OFlags, SeekFrom, fstat, seek};
use rustix::io::Errno;
use std::cell::Cell;
use std::os::fd::RawFd;

/// A `FileIO` object.
#[repr(C)]
pub(crate) struct FileIo {
    header: Header,
    dict: Cell<Value>,
    fd: Cell<RawFd>,
    created: Cell<bool>,
    readable: Cell<bool>,
    writable: Cell<bool>,
    appending: Cell<bool>,
    close_fd: Cell<bool>,
    seekable: Cell<Option<bool>>,
    block_size: Cell<i64>,
}

// SAFETY: repr(C), header first; traces its reference.
unsafe impl Payload for FileIo {
    const LAYOUT: &'static Layout = &layout_of::<FileIo>(LayoutId::FileIo);
    fn trace(&self, m: &mut Marker<'_>) {
        m.mark(self.dict.get());
    }
}

impl Drop for FileIo {
    fn drop(&mut self) {
        if self.fd.get() > 2 && self.close_fd.get() {
            // SAFETY: the descriptor is this object's own, and the object is gone.
            unsafe { rustix::io::close(self.fd.get()) };
        }
    }
}

/// `_io.FileIO`.
pub(super) fn file_type(m: &mut Machine) -> Gc<Type> {
    let base = raw_base(m);
    m.native_type_derived(&SPEC, base)
}

static SPEC: TypeSpec = TypeSpec {
    flags: TypeFlags::BASETYPE | TypeFlags::HAS_WEAKREF,
    slots: Slots { repr: Some(repr), new: Some(new), init: Some(init), ..Slots::EMPTY },
    methods: &[
        MethodDef::new("read", Convention::class(0, 1), read),
        MethodDef::new("readall", Convention::NoArgs, |m, v, _| {
            let f = own(m, v)?;
            readall(m, f)
        }),
        MethodDef::new("readinto", Convention::class(1, 1), readinto),
        MethodDef::new("write", Convention::class(1, 1), |m, v, a| {
            let f = own(m, v)?;
            let bytes = m.bytes_like_argument(a.pos()[0])?;
            Ok(write(m, f, bytes)?.map_or(Value::NONE, |n| Value::small(n as i64)))
        }),
        MethodDef::new("seek", Convention::Fast, |m, v, args| {
            let args = args.between(m, "seek", 1, 2)?;
            let f = own(m, v)?;
            let whence = match args.get(1) {
                Some(&w) => m.index_argument(w)?,
                None => 0,
            };
            let offset = m.index_argument(args[0])?;
            let at = seek_to(m, f, offset, whence)?;
            Ok(m.new_int(at as i64))
        }),
        MethodDef::new("tell", Convention::NoArgs, |m, v, _| {
            let f = own(m, v)?;
            let at = seek_to(m, f, 0, 1)?;
            Ok(m.new_int(at as i64))
        }),
        MethodDef::new("truncate", Convention::class(0, 1), truncate),
        MethodDef::new("close", Convention::class(0, 0), close),
        MethodDef::new("seekable", Convention::NoArgs, |m, v, _| {
            let f = own(m, v)?;
            open_fd(m, f)?;
            Ok(Value::from_bool(is_seekable(m, f)))
        }),
        MethodDef::new("readable", Convention::NoArgs, |m, v, _| {
            let f = own(m, v)?;
            open_fd(m, f)?;
            Ok(Value::from_bool(f.readable.get()))
        }),
        MethodDef::new("writable", Convention::NoArgs, |m, v, _| {
            let f = own(m, v)?;
            open_fd(m, f)?;
            Ok(Value::from_bool(f.writable.get()))
        }),
        MethodDef::new("fileno", Convention::NoArgs, |m, v, _| {
            let f = own(m, v)?;
            Ok(Value::small(i64::from(open_fd(m, f)?)))
        }),
        MethodDef::new("isatty", Convention::NoArgs, |m, v, _| {
            let f = own(m, v)?;
            let fd = open_fd(m, f)?;
            let fd = m.descriptor(fd)?;
            Ok(Value::from_bool(rustix::termios::isatty(fd)))
        }),
        MethodDef::new("_dealloc_warn", Convention::O, |_, _, _| Ok(Value::NONE)),
    ],
    getset: &[
        GetSetDef { name: "closed", get: |m, v| Ok(Value::from_bool(own(m, v)?.fd.get() < 0)), set: None },
        GetSetDef { name: "closefd", get: |m, v| Ok(Value::from_bool(own(m, v)?.close_fd.get())), set: None },
        GetSetDef {
            name: "mode",
            get: |m, v| {
                let f = own(m, v)?;
                let mode = mode_text(f);
                Ok(m.str_value(mode))
            },
            set: None,
        },
        GetSetDef {
            name: "_blksize",
            get: |m, v| {
                let f = own(m, v)?;
                Ok(Value::small(f.block_size.get()))
            },
            set: None,
        },
    ],
    doc: "Open a file.",
    ..TypeSpec::new("_io.FileIO", FileIo::LAYOUT)
};

fn own(m: &mut Machine, v: Value) -> R<Gc<FileIo>> {
    this(m, v, "_io.FileIO")
}

fn mode_text(f: Gc<FileIo>) -> &'static str {
    match (f.created.get(), f.appending.get(), f.readable.get(), f.writable.get()) {
        (true, _, true, _) => "xb+",
        (true, _, false, _) => "xb",
        (_, true, true, _) => "ab+",
        (_, true, false, _) => "ab",
        (_, _, true, true) => "rb+",
        (_, _, true, false) => "rb",
        _ => "wb",
    }
}

fn repr(m: &mut Machine, v: Value) -> R<Value> {
    let f = own(m, v)?;
    if f.fd.get() < 0 {
        let class = m.type_of(v).name_str().to_owned();
        return Ok(m.str_value(&format!("<{class} [closed]>")));
    }
    let closefd = if f.close_fd.get() { "True" } else { "False" };
    let name = m.member_opt(v, "name")?;
    let rest = format!(" mode='{}' closefd={closefd}", mode_text(f));
    match name {
        Some(_) => m.stream_repr(v, &rest),
        None => m.stream_repr(v, &format!(" fd={}{rest}", f.fd.get())),
    }
}

fn new(m: &mut Machine, ty: Gc<Type>, _: Args<'_>) -> R<Value> {
    Ok(m.new_object(FileIo {
        header: Header::new(ty),
        dict: Cell::new(Value::NULL),
        fd: Cell::new(-1),
        created: Cell::new(false),
        readable: Cell::new(false),
        writable: Cell::new(false),
        appending: Cell::new(false),
        close_fd: Cell::new(true),
        seekable: Cell::new(None),
        block_size: Cell::new(super::DEFAULT_BUFFER_SIZE as i64),
    })
    .value())
}

fn init(m: &mut Machine, v: Value, args: Args<'_>) -> R<()> {
    let spec = BindSpec { positional_only: 0, required: 1, max_positional: 4 };
    let [file, mode, closefd, opener] = args.bind(m, "FileIO", ["file", "mode", "closefd", "opener"], spec)?;
    let mode = match mode.non_null() {
        Some(mode) => m.str_of(mode, "FileIO() argument 'mode'")?.to_string_lossy().into_owned(),
        None => "r".to_owned(),
    };
    let close_fd = match closefd.non_null() {
        Some(v) => m.truthy(v)?,
        None => true,
    };
    let f = own(m, v)?;
    if f.fd.get() >= 0 && f.close_fd.get() {
        close(m, v, Args::positional(&[]))?;
    }
    f.fd.set(-1);
    f.close_fd.set(close_fd);
    f.seekable.set(None);
    let flags = read_mode(m, f, &mode)?;
    let by_number = m.is_int_instance(file);
    if by_number {
        let fd = m.index_argument(file)?;
        if fd < 0 {
            return Err(m.value_error("negative file descriptor"));
        }
        let fd = i32::try_from(fd).unwrap_or(i32::MAX);
        if let Err(raised) = m.descriptor(fd) {
            f.fd.set(-1);
            return Err(raised);
        }
        f.fd.set(fd);
    } else {
        if !close_fd {
            return Err(m.value_error("Cannot use closefd=False with file name"));
        }
        let fd = if opener.is_null() || opener.is_none() {
            m.open_by_name(file, flags, Mode::from_raw_mode(0o666))?
        } else {
            let answer = m.call(opener, &[file, Value::small(i64::from((flags | OFlags::CLOEXEC).bits()))])?;
            if !m.is_int_instance(answer) {
                return Err(m.type_error("expected integer from opener"));
            }
            let fd = m.index_argument(answer)?;
            if fd < 0 {
                return Err(m.value_error(&format!("opener returned {fd}")));
            }
            let fd = i32::try_from(fd).unwrap_or(i32::MAX);
            m.descriptor(fd)?;
            fd
        };
        f.fd.set(fd);
    }
    let outcome = examine(m, f, file);
    if outcome.is_err() && !by_number {
        let exception = m.take_raised();
        let _ = m.close_descriptor(f.fd.replace(-1));
        return Err(m.reraise(exception));
    }
    outcome?;
    let key = m.intern("name");
    m.set_attr(v, key, file)?;
    if f.appending.get() {
        let end = seek_to(m, f, 0, 2);
        let class = m.exceptions.os_error;
        m.catch(end, class)?;
    }
    Ok(())
}

/// What the system says about a file just opened.
fn examine(m: &mut Machine, f: Gc<FileIo>, name: Value) -> R<()> {
    let fd = m.descriptor(f.fd.get())?;
    match fstat(fd) {
        Ok(stat) => {
            if FileType::from_raw_mode(stat.st_mode) == FileType::Directory {
                return Err(m.os_error_number(21, name));
            }
            if stat.st_blksize > 1 {
                f.block_size.set(stat.st_blksize);
            }
            Ok(())
        }
        Err(e) => Err(m.os_error_number(e.raw_os_error(), Value::NULL)),
    }
}

fn read_mode(m: &mut Machine, f: Gc<FileIo>, mode: &str) -> R<OFlags> {
    const BAD: &str = "Must have exactly one of create/read/write/append mode and at most one plus";
    let (mut flags, mut kinds, mut plus) = (OFlags::empty(), 0, 0);
    let (mut reads, mut writes) = (false, false);
    for set in [&f.created, &f.appending] {
        set.set(false);
    }
    for c in mode.chars() {
        match c {
            'x' => {
                (kinds, writes) = (kinds + 1, true);
                f.created.set(true);
                flags |= OFlags::EXCL | OFlags::CREATE;
            }
            'r' => (kinds, reads) = (kinds + 1, true),
            'w' => {
                (kinds, writes) = (kinds + 1, true);
                flags |= OFlags::CREATE | OFlags::TRUNC;
            }
            'a' => {
                (kinds, writes) = (kinds + 1, true);
                f.appending.set(true);
                flags |= OFlags::APPEND | OFlags::CREATE;
            }
            'b' => {}
            '+' => {
                plus += 1;
                (reads, writes) = (true, true);
            }
            _ => return Err(m.value_error(&format!("invalid mode: {mode}"))),
        }
    }
    if kinds != 1 || plus > 1 {
        return Err(m.value_error(BAD));
    }
    f.readable.set(reads);
    f.writable.set(writes);
    Ok(flags
        | match (reads, writes) {
            (true, true) => OFlags::RDWR,
            (true, false) => OFlags::RDONLY,
            _ => OFlags::WRONLY,
        })
}

/// The descriptor, unless the file is closed.
fn open_fd(m: &mut Machine, f: Gc<FileIo>) -> R<RawFd> {
    match f.fd.get() {
        -1 => Err(m.value_error("I/O operation on closed file")),
        fd => Ok(fd),
    }
}

impl Gc<FileIo> {
    /// Whether the file is closed.
    pub(super) fn is_closed(self) -> bool {
        self.fd.get() < 0
    }
}

fn is_seekable(m: &mut Machine, f: Gc<FileIo>) -> bool {
    if let Some(known) = f.seekable.get() {
        return known;
    }
    let can = m.descriptor(f.fd.get()).is_ok_and(|fd| seek(fd, SeekFrom::Current(0)).is_ok());
    f.seekable.set(Some(can));
    can
}

/// Reads once; `None` if nothing is there yet.
pub(super) fn read_into(m: &mut Machine, f: Gc<FileIo>, room: &mut [u8]) -> R<Option<usize>> {
    let fd = open_fd(m, f)?;
    if !f.readable.get() {
        return Err(m.unsupported_io("File not open for reading"));
    }
    m.read_descriptor(fd, room)
}

/// Writes once; `None` if nothing could be written yet.
pub(super) fn write(m: &mut Machine, f: Gc<FileIo>, bytes: &[u8]) -> R<Option<usize>> {
    let fd = open_fd(m, f)?;
    if !f.writable.get() {
        return Err(m.unsupported_io("File not open for writing"));
    }
    m.write_descriptor(fd, bytes)
}

impl Machine {
    /// `read(2)`; `None` for `EAGAIN`.
    pub(crate) fn read_descriptor(&mut self, fd: RawFd, room: &mut [u8]) -> R<Option<usize>> {
        let fd = self.descriptor(fd)?;
        loop {
            match rustix::io::read(fd, &mut *room) {
                Ok(n) => return Ok(Some(n)),
                Err(Errno::INTR) => {
                    if self.breaker.load(std::sync::atomic::Ordering::Relaxed) != 0 {
                        self.safepoint()?;
                    }
                }
                Err(Errno::AGAIN) => return Ok(None),
                Err(e) => return Err(self.os_error_number(e.raw_os_error(), Value::NULL)),
            }
        }
    }

    /// `write(2)`; `None` for `EAGAIN`. The standard descriptors may stand for other places.
    pub(crate) fn write_descriptor(&mut self, fd: RawFd, bytes: &[u8]) -> R<Option<usize>> {
        if fd == 1 || fd == 2 {
            return match self.stdio.write(fd as u8, bytes) {
                Ok(()) => Ok(Some(bytes.len())),
                Err(e) => Err(self.os_error(&e)),
            };
        }
        let fd = self.descriptor(fd)?;
        loop {
            match rustix::io::write(fd, bytes) {
                Ok(n) => return Ok(Some(n)),
                Err(Errno::INTR) => {}
                Err(Errno::AGAIN) => return Ok(None),
                Err(e) => return Err(self.os_error_number(e.raw_os_error(), Value::NULL)),
            }
        }
    }
}

/// `lseek(2)`.
pub(super) fn seek_to(m: &mut Machine, f: Gc<FileIo>, offset: i64, whence: i64) -> R<u64> {
    let fd = open_fd(m, f)?;
    let fd = m.descriptor(fd)?;
    let to = match (whence, u64::try_from(offset)) {
        (0, Ok(n)) => SeekFrom::Start(n),
        (1, _) => SeekFrom::Current(offset),
        (2, _) => SeekFrom::End(offset),
        _ => return Err(m.os_error_number(22, Value::NULL)),
    };
    match seek(fd, to) {
        Ok(at) => {
            f.seekable.set(Some(true));
            Ok(at)
        }
        Err(e) => Err(m.os_error_number(e.raw_os_error(), Value::NULL)),
    }
}

fn read(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    let args = args.between(m, "read", 0, 1)?;
    let f = own(m, v)?;
    open_fd(m, f)?;
    if !f.readable.get() {
        return Err(m.unsupported_io("File not open for reading"));
    }
    let Some(n) = m.size_argument(args.first())? else { return readall(m, f) };
    let mut room = vec![0; n.min(1 << 30)];
    match read_into(m, f, &mut room)? {
        Some(n) => Ok(m.new_bytes(&room[..n])?.value()),
        None => Ok(Value::NONE),
    }
}

/// Everything up to the end.
fn readall(m: &mut Machine, f: Gc<FileIo>) -> R<Value> {
    match read_all(m, f)? {
        Some(bytes) => Ok(m.new_bytes(&bytes)?.value()),
        None => Ok(Value::NONE),
    }
}

/// Everything up to the end; `None` if nothing is there yet.
pub(super) fn read_all(m: &mut Machine, f: Gc<FileIo>) -> R<Option<Vec<u8>>> {
    let mut all = Vec::new();
    let mut room = vec![0; 1 << 16];
    loop {
        match read_into(m, f, &mut room)? {
            None if all.is_empty() => return Ok(None),
            None | Some(0) => return Ok(Some(all)),
            Some(n) => all.extend_from_slice(&room[..n]),
        }
    }
}

fn readinto(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    let f = own(m, v)?;
    open_fd(m, f)?;
    if !f.readable.get() {
        return Err(m.unsupported_io("File not open for reading"));
    }
    let room = m.writable_bytes(args.pos()[0], "readinto")?;
    Ok(read_into(m, f, room)?.map_or(Value::NONE, |n| Value::small(n as i64)))
}

fn truncate(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    let args = args.between(m, "truncate", 0, 1)?;
    let f = own(m, v)?;
    let fd = open_fd(m, f)?;
    if !f.writable.get() {
        return Err(m.unsupported_io("File not open for writing"));
    }
    let size = match args.first() {
        Some(&n) if !n.is_none() => m.index_argument(n)?,
        _ => seek_to(m, f, 0, 1)? as i64,
    };
    let fd = m.descriptor(fd)?;
    let outcome = match u64::try_from(size) {
        Ok(size) => rustix::fs::ftruncate(fd, size),
        Err(_) => Err(Errno::INVAL),
    };
    match outcome {
        Ok(()) => Ok(m.new_int(size)),
        Err(e) => Err(m.os_error_number(e.raw_os_error(), Value::NULL)),
    }
}

fn close(m: &mut Machine, v: Value, _: Args<'_>) -> R<Value> {
    let f = own(m, v)?;
    let fd = f.fd.get();
    if fd >= 0 {
        // A subclass may have a `flush` of its own.
        let flushed = if m.type_of(v).has(TypeFlags::HEAP) { m.invoke(v, "flush", &[]).map(|_| ()) } else { Ok(()) };
        let pending = if flushed.is_err() { m.take_raised() } else { Value::NULL };
        f.fd.set(-1);
        if f.close_fd.get() {
            m.close_descriptor(fd)?;
        }
        if !pending.is_null() {
            return Err(m.reraise(pending));
        }
    }
    let key = m.intern("__IOBase_closed");
    m.set_attr(v, key, Value::TRUE)?;
    Ok(Value::NONE)
}
