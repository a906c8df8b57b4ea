//! The VM stack, the run loop's entry from native code, and the handled-exception stack.

use super::frame::{Frame, HEADER_WORDS};
use super::{Machine, R, Raised};
use crate::heap::Marker;
use crate::heap::stack::{Registers, callee_saved};
use crate::hints::{kept, short_loop, word_at};
use crate::object::code::Code;
use crate::object::function::Function;
use crate::object::header::Gc;
use crate::object::value::Value;
use crate::op::Unit;

/// Runs from an instruction of a frame until the entry frame returns or raises.
pub type RunFn = unsafe fn(*mut Machine, *mut Unit, *mut Value, *mut Value);

/// The exception being handled in one run of Python code; generators bring their own.
#[derive(Debug)]
pub struct ExcNode {
    /// The exception, `None` or `NULL`.
    pub value: Value,
    /// The node below.
    pub previous: *mut ExcNode,
}

/// Bytes reserved for the VM stack; touched only as far as it is used.
pub const STACK_BYTES: usize = 256 << 20;

/// The contiguous stack that frames are pushed on.
pub struct VmStack {
    memory: *mut Value,
    words: usize,
}

impl VmStack {
    /// Reserves the stack.
    #[must_use]
    pub fn new() -> VmStack {
        VmStack::with_bytes(STACK_BYTES)
    }

    /// Reserves a stack of that size.
    pub(crate) fn with_bytes(bytes: usize) -> VmStack {
        let words = bytes / size_of::<Value>();
        let memory = std::alloc::Layout::array::<Value>(words).unwrap_or(std::alloc::Layout::new::<Value>());
        // SAFETY: the size is not zero.
        let data = unsafe { std::alloc::alloc_zeroed(memory) };
        if data.is_null() {
            std::alloc::handle_alloc_error(memory);
        }
        VmStack { memory: data.cast(), words }
    }

    /// Its first word.
    #[must_use]
    pub fn base(&self) -> *mut Value {
        self.memory
    }

    /// Where frames end: behind it are words to spare for the header of one that does not fit.
    #[must_use]
    pub fn end(&self) -> *mut Value {
        self.memory.wrapping_add(self.words - HEADER_WORDS)
    }
}

impl Default for VmStack {
    fn default() -> Self {
        Self::new()
    }
}

impl Drop for VmStack {
    fn drop(&mut self) {
        if let Ok(memory) = std::alloc::Layout::array::<Value>(self.words) {
            // SAFETY: allocated by `new` with this layout.
            unsafe { std::alloc::dealloc(self.memory.cast(), memory) };
        }
    }
}

/// Pushes a frame for a function; its locals are uninitialised. Null if there is no room or recursion is too deep.
///
/// # Safety
/// `vm` is the running machine, `caller` its frame pointer.
#[inline(always)]
pub unsafe fn push_frame(vm: *mut Machine, caller: *mut Value, func: Gc<Function>, code: *const Code) -> *mut Value {
    // SAFETY: as the caller promises; the stack's bounds are checked.
    unsafe {
        let base = (*vm).stack_top;
        // Written before it is known that there is room, into the words to spare: what stands in memory needs no register.
        let frame = base.cast::<Frame>();
        (*frame).previous = caller;
        (*frame).func = func.value();
        (*frame).code = code;
        let top = base.wrapping_add((*code).frame_words as usize);
        if top > (*vm).stack_end {
            return std::ptr::null_mut();
        }
        // Counted in place, and set back to zero if that was one too many: this needs no register.
        (*vm).recursion_left -= 1;
        if (*vm).recursion_left < 0 {
            (*vm).recursion_left = 0;
            return std::ptr::null_mut();
        }
        (*vm).stack_top = top;
        (*frame).flags = 0;
        base.add(HEADER_WORDS)
    }
}

/// Words that [`fill_locals`] copies or clears at a time; every frame has so many to spare above its operand stack.
pub const FILL_WORDS: usize = 4;

/// Writes `bytes` bytes of locals from `args`, [`FILL_WORDS`] words at most, and `NULL` into the rest up to `end`. Words are copied two by
/// two, reading and writing beyond what is asked for, but each on its own ([`word_at`]): arguments were pushed a moment ago.
///
/// # Safety
/// `fp` is a frame just pushed for a code object with locals up to `end`; `args` are the top values of a live frame.
#[inline(always)]
pub unsafe fn fill_locals(fp: *mut Value, args: *const Value, bytes: usize, end: *mut Value) {
    // SAFETY: as the caller promises; both frames have words to spare above what they use.
    unsafe {
        fp.write(word_at(args));
        fp.add(1).write(word_at(args.add(1)));
        if bytes > 2 * size_of::<Value>() {
            fp.add(2).write(word_at(args.add(2)));
            fp.add(3).write(word_at(args.add(3)));
        }
        clear_locals(kept(fp.byte_add(bytes)), end);
    }
}

/// Writes `NULL` into locals, [`FILL_WORDS`] at a time.
///
/// # Safety
/// The frame has so many words to spare beyond `end`.
#[inline(always)]
pub unsafe fn clear_locals(mut local: *mut Value, end: *mut Value) {
    // SAFETY: as the caller promises.
    unsafe {
        while local < end {
            local.cast::<[Value; FILL_WORDS]>().write([Value::NULL; FILL_WORDS]);
            local = local.add(FILL_WORDS);
            short_loop();
        }
    }
}

impl Machine {
    /// Runs the machine's current frame, whose `ENTRY` flag is set, until it ends.
    pub(crate) fn run_entry(&mut self) -> R<Value> {
        let fp = self.fp;
        // SAFETY: the current frame is live and ready to run.
        unsafe {
            let frame = Frame::of(fp);
            let (ip, sp) = ((*frame).ip, (*frame).sp);
            let run = self.run;
            // What callers keep in registers is spilled above the loop's part of the stack, as is all that this frame holds.
            let mut registers = Registers::uninit();
            callee_saved(&mut registers);
            std::hint::black_box(&registers);
            let outer = std::mem::replace(&mut self.loop_base, crate::heap::stack::pointer());
            run(self, ip, sp, fp);
            std::hint::black_box(&registers);
            self.loop_base = outer;
        }
        if self.raised.is_null() { Ok(std::mem::replace(&mut self.returned, Value::NULL)) } else { Err(Raised) }
    }

    /// Pops the current frame, which lies on the VM stack, and makes the one below current.
    ///
    /// # Safety
    /// The current frame is a stack frame that is done.
    pub(crate) unsafe fn pop_frame(&mut self) {
        // SAFETY: as the caller promises.
        unsafe {
            let frame = Frame::of(self.fp);
            if !(*frame).object().is_null() {
                self.detach_frame_object(frame);
            }
            self.stack_top = frame.cast();
            self.recursion_left += 1;
            self.fp = (*frame).previous;
        }
    }

    /// The exception being handled, or `NULL` (`_PyErr_GetTopmostException`).
    #[must_use]
    pub fn handled(&self) -> Value {
        let mut node = self.exc_top;
        // SAFETY: nodes live in the machine and in running generators.
        unsafe {
            while !node.is_null() {
                let v = (*node).value;
                if !v.is_null() && !v.is_none() {
                    return v;
                }
                node = (*node).previous;
            }
        }
        Value::NULL
    }

    /// Marks everything the VM stack and the handled-exception stack refer to.
    pub(crate) fn trace_frames(&self, m: &mut Marker<'_>) {
        m.mark(self.raised);
        m.mark(self.returned);
        m.mark(self.stop_value);
        // SAFETY: all frames below the current one have saved their stack pointer, and so has the current one at a safepoint.
        unsafe { trace_chain(self.fp, self.exc_top, m) };
    }
}

/// Marks what a thread's frames, linked from the topmost one down, and its handled-exception stack refer to.
///
/// # Safety
/// They are live, and the frames have saved their stack pointers.
pub(crate) unsafe fn trace_chain(mut fp: *mut Value, mut node: *mut ExcNode, m: &mut Marker<'_>) {
    // SAFETY: as the caller promises.
    unsafe {
        while !node.is_null() {
            m.mark((*node).value);
            node = (*node).previous;
        }
        while !fp.is_null() {
            let frame = Frame::of(fp);
            trace_frame(frame, m);
            fp = (*frame).previous;
        }
    }
}

/// Marks what a frame refers to: locals and the operand stack up to its saved stack pointer.
///
/// # Safety
/// The frame is live, and its stack pointer saved.
pub(crate) unsafe fn trace_frame(frame: *const Frame, m: &mut Marker<'_>) {
    // SAFETY: as the caller promises.
    unsafe {
        let f = &*frame;
        m.mark(f.func);
        m.mark(f.namespace());
        m.mark(f.object());
        m.mark_gc(Gc::from_raw(f.code.cast_mut()));
        let mut at = frame.cast::<Value>().add(HEADER_WORDS);
        let end = f.sp.cast_const();
        while at < end {
            m.mark(*at);
            at = at.add(1);
        }
    }
}
