//! `scandir` and its entries. The directory is read at once: an iterator that is not exhausted holds no descriptor.

use super::stat::stat_value;
use crate::heap::Marker;
use crate::machine::access::Intent;
use crate::machine::{Machine, R};
use crate::native::{Args, BindSpec, Convention, GetSetDef, MethodDef, TypeSpec};
use crate::object::header::{Gc, Header, Layout, LayoutId, Payload, layout_of};
use crate::object::slots::Slots;
use crate::object::typeobj::Type;
use crate::object::value::Value;
use rustix::fs::{FileType, Stat};
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::os::unix::fs::{DirEntryExt, FileTypeExt};
use std::path::PathBuf;

/// A `DirEntry` object.
#[repr(C)]
struct Entry {
    header: Header,
    name: Value,
    path: Value,
    place: PathBuf,
    kind: Option<std::fs::FileType>,
    inode: u64,
    followed: Cell<Value>,
    unfollowed: Cell<Value>,
}

// SAFETY: repr(C), header first; traces its references.
unsafe impl Payload for Entry {
    const LAYOUT: &'static Layout = &layout_of::<Entry>(LayoutId::DirEntry);
    fn trace(&self, m: &mut Marker<'_>) {
        m.mark_all(&[self.name, self.path, self.followed.get(), self.unfollowed.get()]);
    }
}

/// What `scandir` gives.
#[repr(C)]
struct Scan {
    header: Header,
    /// The directory as the program named it, or `NULL` for the working directory.
    directory: Value,
    bytes: bool,
    rest: RefCell<VecDeque<std::fs::DirEntry>>,
}

// SAFETY: repr(C), header first; traces its reference.
unsafe impl Payload for Scan {
    const LAYOUT: &'static Layout = &layout_of::<Scan>(LayoutId::ScandirIter);
    fn trace(&self, m: &mut Marker<'_>) {
        m.mark(self.directory);
    }
}

/// `os.DirEntry`.
pub(super) fn entry_type(m: &mut Machine) -> Gc<Type> {
    m.native_type(&ENTRY)
}

static ENTRY: TypeSpec = TypeSpec {
    slots: Slots {
        repr: Some(|m, v| {
            let name = entry(m, v)?.name;
            let shown = m.repr(name)?;
            let text = format!("<DirEntry {}>", shown.to_string_lossy());
            Ok(m.str_value(&text))
        }),
        ..Slots::EMPTY
    },
    methods: &[
        MethodDef::new("is_dir", Convention::CLASS_KEYWORDS, |m, v, a| is(m, v, a, "is_dir", FileType::Directory)),
        MethodDef::new("is_file", Convention::CLASS_KEYWORDS, |m, v, a| is(m, v, a, "is_file", FileType::RegularFile)),
        MethodDef::new("is_symlink", Convention::class(0, 0), |m, v, _| {
            let e = entry(m, v)?;
            Ok(Value::from_bool(e.kind.is_some_and(|k| k.is_symlink())))
        }),
        MethodDef::new("is_junction", Convention::NoArgs, |_, _, _| Ok(Value::FALSE)),
        MethodDef::new("stat", Convention::CLASS_KEYWORDS, |m, v, args| {
            let spec = BindSpec { positional_only: 0, required: 0, max_positional: 0 };
            let [follow] = args.bind(m, "stat", ["follow_symlinks"], spec)?;
            let follow = follow.is_null() || m.truthy(follow)?;
            let e = entry(m, v)?;
            let known = if follow { &e.followed } else { &e.unfollowed };
            if known.get().is_null() {
                let s = look(m, e, follow)?;
                let s = stat_value(m, &s)?;
                known.set(s);
            }
            Ok(known.get())
        }),
        MethodDef::new("inode", Convention::NoArgs, |m, v, _| {
            let n = entry(m, v)?.inode;
            Ok(m.int_from_u64(n))
        }),
        MethodDef::new("__fspath__", Convention::NoArgs, |m, v, _| Ok(entry(m, v)?.path)),
        MethodDef::class("__class_getitem__", Convention::O, crate::object::generic_alias::class_getitem),
    ],
    getset: &[
        GetSetDef { name: "name", get: |m, v| Ok(entry(m, v)?.name), set: None },
        GetSetDef { name: "path", get: |m, v| Ok(entry(m, v)?.path), set: None },
    ],
    ..TypeSpec::new("posix.DirEntry", Entry::LAYOUT)
};

static SCAN: TypeSpec = TypeSpec {
    slots: Slots { iter: Some(|_, v| Ok(v)), iternext: Some(next), ..Slots::EMPTY },
    methods: &[
        MethodDef::new("close", Convention::NoArgs, |m, v, _| close(m, v)),
        MethodDef::new("__enter__", Convention::NoArgs, |_, v, _| Ok(v)),
        MethodDef::new("__exit__", Convention::VarArgs, |m, v, _| close(m, v)),
    ],
    ..TypeSpec::new("posix.ScandirIterator", Scan::LAYOUT)
};

fn entry(m: &mut Machine, v: Value) -> R<Gc<Entry>> {
    v.downcast().ok_or_else(|| m.type_error("a DirEntry is required"))
}

fn scan(m: &mut Machine, v: Value) -> R<Gc<Scan>> {
    v.downcast().ok_or_else(|| m.type_error("a ScandirIterator is required"))
}

fn close(m: &mut Machine, v: Value) -> R<Value> {
    scan(m, v)?.rest.borrow_mut().clear();
    Ok(Value::NONE)
}

fn look(m: &mut Machine, e: Gc<Entry>, follow: bool) -> R<Stat> {
    let place = m.permit(&e.place, Intent::Read, follow, e.path)?;
    let result = if follow { rustix::fs::stat(&place) } else { rustix::fs::lstat(&place) };
    m.done(result, e.path)
}

fn kind_of(kind: std::fs::FileType) -> FileType {
    if kind.is_dir() {
        FileType::Directory
    } else if kind.is_file() {
        FileType::RegularFile
    } else if kind.is_symlink() {
        FileType::Symlink
    } else if kind.is_fifo() {
        FileType::Fifo
    } else {
        FileType::Unknown
    }
}

fn is(m: &mut Machine, v: Value, args: Args<'_>, name: &str, wanted: FileType) -> R<Value> {
    let [follow] = args.bind(m, name, ["follow_symlinks"], BindSpec { positional_only: 0, required: 0, max_positional: 0 })?;
    let follow = follow.is_null() || m.truthy(follow)?;
    let e = entry(m, v)?;
    if let Some(kind) = e.kind.filter(|k| !follow || !k.is_symlink()) {
        return Ok(Value::from_bool(kind_of(kind) == wanted));
    }
    let stat = look(m, e, follow);
    let class = m.exceptions.file_not_found_error;
    let stat = m.catch(stat, class)?;
    Ok(Value::from_bool(stat.is_some_and(|s| FileType::from_raw_mode(s.st_mode) == wanted)))
}

/// `os.scandir`.
pub(super) fn scandir(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let [path] = args.bind(m, "scandir", ["path"], BindSpec { positional_only: 0, required: 0, max_positional: 1 })?;
    let path = match path.non_null().filter(|v| !v.is_none()) {
        Some(path) => path,
        None => m.str_value("."),
    };
    let given = m.fs_path(path, "scandir: path should be string, bytes, os.PathLike or None")?;
    let place = m.permit(&given.path, Intent::Read, true, path)?;
    let entries = std::fs::read_dir(&place).and_then(Iterator::collect);
    let rest = m.done_std(entries, path)?;
    let ty = m.native_type(&SCAN);
    let scan = Scan { header: Header::new(ty), directory: given.value, bytes: given.bytes, rest: RefCell::new(rest) };
    Ok(m.new_object(scan).value())
}

fn next(m: &mut Machine, v: Value) -> R<Option<Value>> {
    let s = scan(m, v)?;
    let Some(found) = s.rest.borrow_mut().pop_front() else { return Ok(None) };
    let name = found.file_name();
    let directory = m.fs_path(s.directory, "scandir")?.path;
    let path = directory.join(&name);
    let name = m.path_value(std::path::Path::new(&name), s.bytes)?;
    let path = m.path_value(&path, s.bytes)?;
    let header = Header::new(entry_type(m));
    let null = || Cell::new(Value::NULL);
    let entry = Entry {
        header,
        name,
        path,
        place: found.path(),
        kind: found.file_type().ok(),
        inode: found.ino(),
        followed: null(),
        unfollowed: null(),
    };
    Ok(Some(m.new_object(entry).value()))
}
