//! Frames: a header of fixed size, then the locals, cells and free variables, then the operand stack, in one contiguous VM stack or
//! in a generator object. `fp` points to the first local; the header lies below it.

use crate::object::dict::Dict;
use crate::object::header::Gc;
use crate::object::typeobj::Type;
use crate::object::value::Value;

/// What lies below `fp`.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct Frame {
    /// `fp` of the frame below; null at the bottom.
    pub previous: *mut Value,
    /// The function object (module and class bodies run as functions too).
    pub func: Value,
    /// Its code object.
    pub code: *const crate::object::code::Code,
    /// Where to continue: set whenever this frame is not the running one.
    pub ip: *mut u32,
    /// Operand stack pointer to continue with: set whenever this frame is not the running one.
    pub sp: *mut Value,
    locals: Value,
    frame_object: Value,
    /// See the constants of this type.
    pub flags: u32,
    /// Units that the resumer of a generator's frame skips when the generator returns.
    pub return_offset: u32,
}

/// Words in a frame header.
pub const HEADER_WORDS: usize = size_of::<Frame>() / 8;

impl Frame {
    /// The run loop returns to native code when this frame returns.
    pub const ENTRY: u32 = 1;
    /// The frame lies in a generator object.
    pub const GENERATOR: u32 = 2;
    /// Returning discards the value and leaves what is below it (the `__init__` call of a class).
    pub const INIT: u32 = 4;
    /// `locals` holds the namespace of a module or class body; without this flag it was never written.
    const NAMESPACE: u32 = 8;
    /// `frame_object` holds the frame's object; without this flag it was never written.
    const OBJECT: u32 = 16;
    /// `locals` is a dict, and of no subclass.
    const PLAIN_NAMESPACE: u32 = 32;
    /// What stays true of a frame that becomes a generator's.
    pub const LASTING: u32 = Frame::NAMESPACE | Frame::PLAIN_NAMESPACE | Frame::OBJECT;

    /// `f_locals` mapping of module and class bodies; `NULL` in functions.
    #[inline(always)]
    #[must_use]
    pub const fn namespace(&self) -> Value {
        if self.flags & Frame::NAMESPACE != 0 { self.locals } else { Value::NULL }
    }

    /// [`Frame::namespace`], if it is a dict and of no subclass.
    #[inline(always)]
    #[must_use]
    pub(crate) fn plain_namespace(&self) -> Option<Gc<Dict>> {
        // SAFETY: the flag says so.
        if self.flags & Frame::PLAIN_NAMESPACE != 0 { Some(unsafe { self.locals.cast() }) } else { None }
    }

    /// Makes it the frame of a module or class body; `dict` is the type of that name.
    pub(crate) fn set_namespace(&mut self, mapping: Value, dict: Gc<Type>) {
        self.locals = mapping;
        // SAFETY: instances of the type have that payload.
        let plain = unsafe { mapping.exactly::<Dict>(dict) }.is_some();
        self.flags |= Frame::NAMESPACE | if plain { Frame::PLAIN_NAMESPACE } else { 0 };
    }

    /// The frame object, once one was asked for; else `NULL`.
    #[inline(always)]
    #[must_use]
    pub const fn object(&self) -> Value {
        if self.flags & Frame::OBJECT != 0 { self.frame_object } else { Value::NULL }
    }

    /// Notes the frame object.
    pub const fn set_object(&mut self, object: Value) {
        self.frame_object = object;
        self.flags |= Frame::OBJECT;
    }

    /// Forgets the frame object.
    pub const fn forget_object(&mut self) {
        self.flags &= !Frame::OBJECT;
    }

    /// The header of the frame whose first local is at `fp`.
    ///
    /// # Safety
    /// `fp` is the frame pointer of a live frame.
    #[inline(always)]
    #[must_use]
    pub const unsafe fn of(fp: *mut Value) -> *mut Frame {
        // SAFETY: the header lies below the locals.
        unsafe { fp.sub(HEADER_WORDS).cast() }
    }

    /// The header of the frame that an out-of-line half runs in.
    #[inline(always)]
    #[must_use]
    pub fn of_slow(s: &crate::op::Slow<'_>) -> *mut Frame {
        // SAFETY: the frame is live.
        unsafe { Self::of(s.fp) }
    }
}
