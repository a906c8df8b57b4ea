//! What a machine knows of open files: descriptors that are the program's, streams with unwritten data, and opening by name with
//! permission.
//!
//! A stream that nothing refers to any more is closed by the machine's finalizers, which writes what it holds; at the end of the program
//! all that are left are flushed.

use crate::heap::Marker;
use crate::machine::access::Intent;
use crate::machine::{Machine, R};
use crate::object::header::Gc;
use crate::object::value::Value;
use rustix::fs::{Mode, OFlags};
use std::collections::BTreeSet;
use std::os::fd::{BorrowedFd, IntoRawFd, OwnedFd, RawFd};

use super::buffered::Buffered;
use super::text::TextIo;

/// See the module.
#[derive(Default)]
pub(crate) struct Files {
    pub(super) unsupported: Option<Value>,
    /// Streams that may hold unwritten data; not marked.
    open: Vec<Value>,
    /// Descriptors that the program opened, besides the three standard ones.
    own: BTreeSet<RawFd>,
    /// `sys.stdout` and `sys.stderr` as they were at the start.
    pub(super) standard: [Option<Gc<TextIo>>; 2],
}

fn holds_data(v: Value) -> bool {
    v.downcast::<Buffered>().is_some_and(|b| !b.writing().is_empty()) || v.downcast::<TextIo>().is_some_and(|t| !t.pending().is_empty())
}

impl Files {
    /// To be called after marking: forgets the streams that are dead.
    pub(crate) fn after_marking(&mut self, marker: &mut Marker<'_>) {
        self.open.retain(|&v| marker.is_marked(v));
    }
}

impl Machine {
    /// Notes a stream that may come to hold unwritten data.
    pub(super) fn note_stream(&mut self, v: Value) {
        self.files.open.push(v);
    }

    /// The finalizer of streams: closes one that is open.
    pub(super) fn finalize_stream(&mut self, v: Value) -> R<()> {
        if holds_data(v) { self.invoke(v, "close", &[]).map(|_| ()) } else { Ok(()) }
    }

    /// Flushes every open stream, the outer ones first; errors are dropped.
    pub(crate) fn flush_all_files(&mut self) {
        let all = std::mem::take(&mut self.files.open);
        let open = self.new_list(&all);
        for i in (0..all.len()).rev() {
            if let Some(v) = open.get(i)
                && holds_data(v)
                && self.invoke(v, "flush", &[]).is_err()
            {
                self.take_raised();
            }
        }
    }

    /// Takes a descriptor over as the program's.
    pub(crate) fn own_descriptor(&mut self, fd: OwnedFd) -> RawFd {
        let raw = fd.into_raw_fd();
        self.files.own.insert(raw);
        raw
    }

    /// The descriptor of that number, if it is the program's; `EBADF` otherwise.
    pub(crate) fn descriptor(&mut self, fd: RawFd) -> R<BorrowedFd<'static>> {
        if (0..=2).contains(&fd) || self.files.own.contains(&fd) {
            // SAFETY: the program opened it and has not closed it, or it is one of the standard ones.
            Ok(unsafe { BorrowedFd::borrow_raw(fd) })
        } else {
            Err(self.os_error_number(9, Value::NULL))
        }
    }

    /// Closes a descriptor of the program's.
    pub(crate) fn close_descriptor(&mut self, fd: RawFd) -> R<()> {
        self.descriptor(fd)?;
        if self.files.own.remove(&fd) {
            // SAFETY: it is open, and nothing uses it after this.
            unsafe { rustix::io::close(fd) };
        }
        // The three standard descriptors stay: the process itself uses them.
        Ok(())
    }

    /// Opens a file by name, if the program may.
    pub(crate) fn open_by_name(&mut self, path: Value, flags: OFlags, mode: Mode) -> R<RawFd> {
        let given = self.fs_path(path, "open")?;
        let access = flags & OFlags::RWMODE;
        let changes = flags.intersects(OFlags::CREATE | OFlags::TRUNC);
        let mut place = given.path.clone();
        if access != OFlags::WRONLY {
            place = self.permit(&given.path, Intent::Read, true, path)?;
        }
        if access != OFlags::RDONLY || changes {
            place = self.permit(&given.path, Intent::Write, true, path)?;
        }
        let mut flags = flags | OFlags::CLOEXEC;
        if place != given.path {
            // It has been resolved, so a link there now was not there then.
            flags |= OFlags::NOFOLLOW;
        }
        loop {
            match rustix::fs::open(&place, flags, mode) {
                Ok(fd) => return Ok(self.own_descriptor(fd)),
                Err(rustix::io::Errno::INTR) => {}
                Err(e) => return Err(self.os_error_number(e.raw_os_error(), path)),
            }
        }
    }
}
