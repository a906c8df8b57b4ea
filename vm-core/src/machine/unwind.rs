//! Unwinding: finds the handler of the pending exception, frame by frame, through the exception tables (PEP 657's successor of block stacks).

use super::Machine;
use super::frame::Frame;
use crate::object::code::Code;
use crate::object::generator::Generator;
use crate::object::value::Value;
use crate::op::Unit;

/// One row of an exception table, in code units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Handler {
    /// First unit covered.
    pub start: u32,
    /// One past the last.
    pub end: u32,
    /// The handler's first unit.
    pub target: u32,
    /// Operand stack depth to cut back to.
    pub depth: u32,
    /// Whether the faulting instruction's index is pushed.
    pub lasti: bool,
}

impl Machine {
    /// Unwinds to the handler of the pending exception. Returns where to continue, or null if the entry frame was left.
    ///
    /// # Safety
    /// The current frame is live and its instruction pointer saved (one past the instruction's first unit, or a return address).
    #[cold]
    #[inline(never)]
    pub unsafe fn unwind(&mut self) -> *mut Unit {
        debug_assert!(!self.raised.is_null());
        // SAFETY: as the caller promises.
        unsafe {
            loop {
                let fp = self.fp;
                let frame = Frame::of(fp);
                let code = &*(*frame).code;
                let at = (*frame).ip.offset_from(code.units.get()) as u32 - 1;
                let exception = self.raised;
                let raised_at = self.raised_at.take();
                let again = std::mem::take(&mut self.reraising);
                if !again {
                    self.add_traceback(exception, frame, at);
                }
                if self.breaker.load(std::sync::atomic::Ordering::Relaxed) & super::Breaker::TRACE != 0 {
                    self.fp = fp;
                    self.trace_exception(frame, find_handler(code, at).is_none(), again);
                }
                if let Some(handler) = find_handler(code, at) {
                    let mut sp = fp.add((code.nlocalsplus + handler.depth) as usize);
                    if handler.lasti {
                        *sp = Value::small(raised_at.unwrap_or(i64::from(at)));
                        sp = sp.add(1);
                    }
                    *sp = self.take_raised();
                    self.out_sp = sp.add(1);
                    self.out_fp = fp;
                    return code.units.get().add(handler.target as usize);
                }
                if let Some(unit) = raised_at {
                    // The frame, if somebody keeps it, shows the line where it was first raised.
                    (*frame).ip = code.units.get().add(unit as usize + 1);
                }
                let flags = (*frame).flags;
                if flags & Frame::GENERATOR != 0 {
                    Generator::of_frame(frame).finish(self);
                } else {
                    self.pop_frame();
                }
                if flags & Frame::ENTRY != 0 {
                    return std::ptr::null_mut();
                }
            }
        }
    }
}

fn find_handler(code: &Code, at: u32) -> Option<Handler> {
    // Inner ranges come after outer ones never overlap: CPython's table is sorted and disjoint.
    let table = code.handlers();
    let i = table.partition_point(|h| h.end <= at);
    table.get(i).filter(|h| h.start <= at).copied()
}
