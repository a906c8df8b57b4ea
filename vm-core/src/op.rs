//! What an opcode is: the [`Op`] trait, the machine state it sees, and the `op!` macro that defines one.
//!
//! Each opcode's meaning is written once and knows nothing of dispatch. It has two halves. `run` is inlined into every dispatch
//! technique; it takes the hot state as scalars in [`Cx`] and says in a [`Flow`] how to go on. `body` is compiled once, out of line; it
//! takes the machine through [`Slow`] and may raise, call anything and change frames. `run` asks for it with `Flow::Slow`.

use crate::machine::frame::Frame;
use crate::machine::{Machine, R};
use crate::object::header::{Gc, Header, Payload};
use crate::object::string::Str;
use crate::object::typeobj::Type;
use crate::object::value::Value;
use crate::opcodes::Opcode;
use crate::probe::Probe;

mod sequence;

/// One code unit: opcode number in the low half, argument in the high half. Inline caches follow an instruction as raw units.
pub type Unit = u32;

/// Packs a unit.
#[inline(always)]
#[must_use]
pub const fn unit(opcode: u16, oparg: u16) -> Unit {
    opcode as u32 | (oparg as u32) << 16
}

/// The opcode number of a unit.
#[inline(always)]
#[must_use]
pub const fn unit_op(u: Unit) -> usize {
    (u & 0xffff) as usize
}

/// The argument of a unit.
#[inline(always)]
#[must_use]
pub const fn unit_arg(u: Unit) -> usize {
    (u >> 16) as usize
}

/// The argument of the instruction at `ip`.
///
/// # Safety
/// `ip` is an instruction of prepared code.
#[inline(always)]
#[must_use]
pub const unsafe fn arg_at(ip: *const Unit) -> usize {
    // The half of the unit alone: a technique that has not decoded the whole unit need not.
    let half = if cfg!(target_endian = "little") { 1 } else { 0 };
    // SAFETY: as the caller promises.
    unsafe { *ip.cast::<u16>().add(half) as usize }
}

/// The opcode number of the instruction at `ip`.
///
/// # Safety
/// As [`arg_at`].
#[inline(always)]
#[must_use]
pub const unsafe fn op_at(ip: *const Unit) -> usize {
    let half = if cfg!(target_endian = "little") { 0 } else { 1 };
    // SAFETY: as the caller promises.
    unsafe { *ip.cast::<u16>().add(half) as usize }
}

/// The hot state, as scalars; copied freely, never referred to by address.
#[derive(Clone, Copy)]
pub struct Cx {
    /// The instruction being run.
    pub ip: *mut Unit,
    /// One past the top of the operand stack.
    pub sp: *mut Value,
    /// The first local.
    pub fp: *mut Value,
    /// The machine.
    pub vm: *mut Machine,
    /// The instruction's argument.
    pub oparg: usize,
}

/// How an instruction ends.
#[derive(Clone, Copy)]
pub enum Flow {
    /// Go on with the next instruction, with this stack pointer.
    Next(*mut Value),
    /// Go on at that instruction.
    Jump(*mut Unit, *mut Value),
    /// Go on in another frame: instruction, stack pointer, frame pointer.
    Enter(*mut Unit, *mut Value, *mut Value),
    /// Run the out-of-line half of component `.0` (0 but in superinstructions), which is at this instruction, with this stack.
    Slow(u8, *mut Unit, *mut Value),
    /// Leave the run loop; the result or the exception is in the machine.
    Exit,
}

#[expect(clippy::missing_safety_doc, reason = "all rest on the one invariant named here: the state is that of verified code")]
impl Cx {
    /// Pushes a value. Safety of this and the other methods: the state is that of verified code, which never leaves its frame.
    #[inline(always)]
    pub unsafe fn push(&mut self, v: Value) {
        // SAFETY: see above.
        unsafe {
            *self.sp = v;
            self.sp = self.sp.add(1);
        }
    }

    /// Pops a value.
    #[inline(always)]
    pub unsafe fn pop(&mut self) -> Value {
        // SAFETY: see `push`.
        unsafe {
            self.sp = self.sp.sub(1);
            *self.sp
        }
    }

    /// The value `depth` below the top (1 is the top).
    #[inline(always)]
    #[must_use]
    pub unsafe fn top(&self, depth: usize) -> Value {
        // SAFETY: see `push`.
        unsafe { *self.sp.sub(depth) }
    }

    /// Replaces the value `depth` below the top.
    #[inline(always)]
    pub unsafe fn set_top(&self, depth: usize, v: Value) {
        // SAFETY: see `push`.
        unsafe { *self.sp.sub(depth) = v }
    }

    /// A local, cell or free variable.
    #[inline(always)]
    #[must_use]
    pub unsafe fn local(&self, index: usize) -> Value {
        // SAFETY: see `push`.
        unsafe { *self.fp.add(index) }
    }

    /// Sets a local.
    #[inline(always)]
    pub unsafe fn set_local(&self, index: usize, v: Value) {
        // SAFETY: see `push`.
        unsafe { *self.fp.add(index) = v }
    }

    /// The frame's header.
    #[inline(always)]
    #[must_use]
    pub unsafe fn frame(&self) -> *mut Frame {
        // SAFETY: see `push`.
        unsafe { Frame::of(self.fp) }
    }

    /// The instruction's cache unit `i`.
    #[inline(always)]
    #[must_use]
    pub unsafe fn cache(&self, i: usize) -> u32 {
        // SAFETY: see `push`.
        unsafe { *self.ip.add(1 + i) }
    }

    /// A 64-bit word in the cache, from unit `i` on.
    #[inline(always)]
    #[must_use]
    pub unsafe fn cache_word(&self, i: usize) -> u64 {
        // SAFETY: see `push`.
        unsafe { u64::from(*self.ip.add(1 + i)) | u64::from(*self.ip.add(2 + i)) << 32 }
    }

    /// The heap object that a value is, if it is of exactly that type, the layout of which is `T`'s.
    #[inline(always)]
    #[must_use]
    pub unsafe fn exact<T: Payload>(&self, v: Value, ty: Gc<Type>) -> Option<Gc<T>> {
        // SAFETY: as the caller promises; zero is an integer.
        unsafe { self.exact_with_int(v, ty, Value::small(0)) }
    }

    /// As [`Cx::exact`], if `index` is an integer held in the word.
    #[inline(always)]
    #[must_use]
    pub unsafe fn exact_with_int<T: Payload>(&self, v: Value, ty: Gc<Type>, index: Value) -> Option<Gc<T>> {
        let object = v.address() as *mut Header;
        if (object.addr() as u64 | index.raw_int().cast_unsigned()) & 3 != 0 {
            return None;
        }
        // SAFETY: a pointer value denotes a live object; the type tells the layout.
        unsafe { if (*object).ty() == ty.as_ptr().cast_const() { Some(Gc::from_raw(object.cast())) } else { None } }
    }

    /// Whether a value is a heap object of exactly that type.
    #[inline(always)]
    #[must_use]
    pub unsafe fn is_exact(&self, v: Value, ty: Gc<Type>) -> bool {
        // SAFETY: as the caller promises; every object has a header.
        unsafe { self.exact::<crate::object::instance::Instance>(v, ty).is_some() }
    }

    /// The heap object that a value is, if its type has the version in the cache from unit `i` on.
    #[inline(always)]
    #[must_use]
    pub unsafe fn of_cached_version(&self, v: Value, i: usize) -> Option<*mut Header> {
        let object = v.address() as *mut Header;
        // SAFETY: a pointer value denotes a live object, whose type is alive.
        if object.addr() & 3 == 0 && unsafe { (*(*object).ty()).version.get() == self.cache(i) } { Some(object) } else { None }
    }

    /// Whether a value is a heap object whose type has the version in the cache from unit `i` on.
    #[inline(always)]
    #[must_use]
    pub unsafe fn has_cached_version(&self, v: Value, i: usize) -> bool {
        // SAFETY: as the caller promises.
        unsafe { self.of_cached_version(v, i).is_some() }
    }

    /// Goes on with the next instruction.
    #[inline(always)]
    #[must_use]
    pub fn next(self) -> Flow {
        Flow::Next(self.sp)
    }

    /// Jumps `offset` units from the instruction after this one, which is `len` units long.
    #[inline(always)]
    #[must_use]
    pub unsafe fn jump(self, len: usize, offset: isize) -> Flow {
        // SAFETY: verified code jumps within itself.
        unsafe { Flow::Jump(self.ip.add(len).offset(offset), self.sp) }
    }

    /// Runs the out-of-line half, with the stack as it was when the instruction started.
    #[inline(always)]
    #[must_use]
    pub fn slow(self) -> Flow {
        Flow::Slow(0, self.ip, self.sp)
    }
}

/// Where the out-of-line half of an instruction leads.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Next {
    /// To the next instruction.
    Done,
    /// To an instruction of this frame.
    Jump(*mut Unit),
    /// To the machine's current frame, at its saved instruction and stack pointer.
    Frame,
    /// To the same instruction, which was rewritten.
    Again,
    /// To an instruction of another frame, with stack and frame pointer.
    Enter(*mut Unit, *mut Value, *mut Value),
    /// Out of the run loop.
    Exit,
    /// Nowhere yet: a specialised form's guard failed before it changed anything, and the family's adaptive form is to do the work.
    Missed,
    /// To what handles the exception raised in the machine's current frame, when the instruction has left its own.
    Unwind,
}

/// What the out-of-line half of an instruction sees. The operands stay on the stack, where the collector finds them, until it ends.
pub struct Slow<'m> {
    /// The machine.
    pub m: &'m mut Machine,
    /// The instruction.
    pub ip: *mut Unit,
    /// Operand stack pointer, as it will be afterwards.
    pub sp: *mut Value,
    /// The first local.
    pub fp: *mut Value,
    /// The argument.
    pub oparg: usize,
}

impl Slow<'_> {
    /// The state of an out-of-line half that is about to run; the frame is told where it stands.
    ///
    /// # Safety
    /// The state is that of verified code stopped at an instruction, and the machine is not borrowed.
    #[inline(always)]
    #[must_use]
    pub unsafe fn enter<'m>(ip: *mut Unit, sp: *mut Value, fp: *mut Value, vm: *mut Machine) -> Slow<'m> {
        // SAFETY: as the caller promises.
        unsafe {
            let frame = Frame::of(fp);
            (*frame).ip = ip.add(1);
            (*frame).sp = sp;
            let m = &mut *vm;
            m.fp = fp;
            Slow { m, ip, sp, fp, oparg: arg_at(ip) }
        }
    }

    /// Calls a function that is rarely needed with a copy, so that for its sake the state itself need not lie in memory.
    #[inline(always)]
    pub(crate) fn apart<T>(&mut self, f: impl FnOnce(&mut Slow<'_>) -> T) -> T {
        let mut copy = Slow { m: &mut *self.m, ip: self.ip, sp: self.sp, fp: self.fp, oparg: self.oparg };
        let result = f(&mut copy);
        self.sp = copy.sp;
        result
    }

    /// Whether the next instruction, after one without a cache, is this one.
    #[inline]
    #[must_use]
    pub(crate) fn next_is(&self, opcode: Opcode) -> bool {
        // SAFETY: verified code does not end with an instruction that goes on.
        unit_op(unsafe { *self.ip.add(1) }) == opcode as usize
    }

    /// Pushes a value.
    #[inline(always)]
    pub fn push(&mut self, v: Value) {
        // SAFETY: verified code keeps within the frame's stack.
        unsafe {
            *self.sp = v;
            self.sp = self.sp.add(1);
        }
    }

    /// Pops a value; it stays where it is, and alive, until the instruction ends or pushes over it.
    #[inline(always)]
    pub fn pop(&mut self) -> Value {
        // SAFETY: as `push`.
        unsafe {
            self.sp = self.sp.sub(1);
            *self.sp
        }
    }

    /// The value `depth` below the top (1 is the top).
    #[inline(always)]
    #[must_use]
    pub fn top(&self, depth: usize) -> Value {
        // SAFETY: as `push`.
        unsafe { *self.sp.sub(depth) }
    }

    /// Replaces the value `depth` below the top.
    #[inline(always)]
    pub fn set_top(&mut self, depth: usize, v: Value) {
        // SAFETY: as `push`.
        unsafe { *self.sp.sub(depth) = v }
    }

    /// Drops `n` values.
    #[inline(always)]
    pub fn drop(&mut self, n: usize) {
        // SAFETY: as `push`.
        unsafe { self.sp = self.sp.sub(n) }
    }

    /// The top `n` values, the deepest first. They stay readable while the instruction runs.
    #[inline(always)]
    #[must_use]
    pub fn tops<'s>(&self, n: usize) -> &'s [Value] {
        // SAFETY: the VM stack does not move, and frames above do not touch this one's operands.
        unsafe { std::slice::from_raw_parts(self.sp.sub(n), n) }
    }

    /// A local, cell or free variable.
    #[inline(always)]
    #[must_use]
    pub fn local(&self, index: usize) -> Value {
        // SAFETY: as `push`.
        unsafe { *self.fp.add(index) }
    }

    /// Sets a local.
    #[inline(always)]
    pub fn set_local(&mut self, index: usize, v: Value) {
        // SAFETY: as `push`.
        unsafe { *self.fp.add(index) = v }
    }

    /// The frame's header.
    #[inline(always)]
    #[must_use]
    pub fn frame(&self) -> &Frame {
        // SAFETY: the frame is live, and its header is written only where no reference from here is held.
        unsafe { &*Frame::of(self.fp) }
    }

    /// The frame's code object.
    #[inline(always)]
    #[must_use]
    pub fn code(&self) -> &crate::object::code::Code {
        // SAFETY: a live frame's function keeps its code alive.
        unsafe { &*self.frame().code }
    }

    /// The frame's function.
    #[inline(always)]
    #[must_use]
    pub fn func(&self) -> Gc<crate::object::function::Function> {
        // SAFETY: every frame runs a function object.
        unsafe { self.frame().func.cast() }
    }

    /// `co_names[i]`.
    #[inline(always)]
    #[must_use]
    pub fn name(&self, i: usize) -> Gc<Str> {
        // SAFETY: verified code names existing names.
        unsafe { *self.code().names.add(i) }
    }

    /// The instruction's cache unit `i`.
    #[must_use]
    pub fn cache(&self, i: usize) -> u32 {
        // SAFETY: the instruction's own caches.
        unsafe { *self.ip.add(1 + i) }
    }

    /// Writes the instruction's cache unit `i`.
    pub fn set_cache(&mut self, i: usize, word: u32) {
        // SAFETY: the instruction's own caches.
        unsafe { *self.ip.add(1 + i) = word }
    }

    /// Writes a 64-bit word into the cache, from unit `i` on.
    pub fn set_cache_word(&mut self, i: usize, word: u64) {
        // SAFETY: the instruction's own caches.
        unsafe { self.ip.add(1 + i).cast::<u64>().write_unaligned(word) }
    }

    /// A 64-bit word in the cache, from unit `i` on.
    #[must_use]
    pub fn cache_word(&self, i: usize) -> u64 {
        // SAFETY: the instruction's own caches.
        unsafe { u64::from(*self.ip.add(1 + i)) | u64::from(*self.ip.add(2 + i)) << 32 }
    }

    /// Jumps `offset` units from the instruction after this one, which is `len` units long.
    #[must_use]
    pub fn jump(&self, len: usize, offset: isize) -> Next {
        // SAFETY: verified code jumps within itself.
        Next::Jump(unsafe { self.ip.add(len).offset(offset) })
    }
}

/// An opcode.
pub trait Op {
    /// Which one.
    const OPCODE: Opcode;
    /// Its length in units, caches included.
    const LEN: usize = 1 + Self::OPCODE.caches();
    /// Its stack effect, `inputs -- outputs`, and what it does, for listings.
    const SYNOPSIS: &'static str;
    /// Whether `run` only asks for the out-of-line half: there is nothing to inline.
    const OUT_OF_LINE: bool;
    /// What `Flow::Slow(0, …)` asks for: the opcode's own out-of-line half but in superinstructions.
    type Component0<P: Probe>: Body;
    /// What `Flow::Slow(1, …)` asks for.
    type Component1<P: Probe>: Body;
    /// What `Flow::Slow(2, …)` asks for.
    type Component2<P: Probe>: Body;
    /// What `Flow::Slow(3, …)` asks for.
    type Component3<P: Probe>: Body;

    /// The inlined half.
    ///
    /// # Safety
    /// The state is that of verified code stopped at this opcode.
    unsafe fn run<P: Probe>(cx: Cx) -> Flow;
}

/// The out-of-line half of an opcode.
pub trait Body {
    /// Length in units of the instruction.
    const BODY_LEN: usize;
    /// Whether a technique may compile it into a handler that ends in a tail call: no address of its locals gets out.
    const IN_PLACE: bool = true;
    /// Where the work is done when it misses ([`Next::Missed`]): the family's adaptive form.
    const MISSES: Option<Opcode> = None;
    /// Whether missing is all it does.
    const ONLY_MISSES: bool = false;

    /// Does the whole work of the instruction.
    ///
    /// # Safety
    /// The state is that of verified code stopped at this opcode.
    unsafe fn body(s: &mut Slow<'_>) -> R<Next>;

    /// What is done when it misses, out of line.
    ///
    /// # Safety
    /// As `body`.
    unsafe fn missed(s: &mut Slow<'_>) -> R<Next> {
        Err(s.m.system_error("an opcode without a guard missed"))
    }
}

pub use sequence::{End, Part, Seq, Tail, Then};

/// Where the out-of-line half of an instruction leads, in two registers.
#[repr(C)]
pub struct Continue {
    /// The next instruction, or null to leave the run loop. Stack and frame pointer are in the machine ([`Machine::out_sp`], [`Machine::out_fp`]).
    pub ip: *mut Unit,
    /// The machine, so that a technique need not keep it across the call.
    pub vm: *mut Machine,
}

/// Runs the out-of-line half of an instruction and settles what follows. The arguments stand where a tail-call handler has them, so that
/// it need not move any; the instruction's own argument is read from the code.
///
/// # Safety
/// The state is that of verified code stopped at `B`'s opcode.
#[inline(never)]
pub unsafe extern "C" fn run_body<B: Body>(ip: *mut Unit, sp: *mut Value, fp: *mut Value, vm: *mut Machine) -> Continue {
    // SAFETY: as the caller promises; the machine is not borrowed elsewhere while an instruction runs.
    unsafe {
        let mut s = Slow::enter(ip, sp, fp, vm);
        let mut result = B::body(&mut s);
        if B::MISSES.is_some()
            && let Ok(Next::Missed) = result
        {
            result = s.apart(|s| B::missed(s));
        }
        let sp = s.sp;
        // Told apart by hand: a jump table would make each instruction pay for what few of them ever return.
        let ip = if let Ok(Next::Done) = result {
            (*vm).out_sp = sp;
            (*vm).out_fp = fp;
            ip.add(B::BODY_LEN)
        } else if let Ok(Next::Jump(target)) = result {
            (*vm).out_sp = sp;
            (*vm).out_fp = fp;
            target
        } else if let Ok(Next::Frame) = result {
            let fp = (*vm).fp;
            let frame = Frame::of(fp);
            (*vm).out_sp = (*frame).sp;
            (*vm).out_fp = fp;
            (*frame).ip
        } else if let Ok(Next::Enter(ip, sp, fp)) = result {
            (*vm).out_sp = sp;
            (*vm).out_fp = fp;
            ip
        } else {
            settle(vm, result, ip, sp, fp)
        };
        Continue { ip, vm }
    }
}

/// What follows an instruction in the cases that `run_body` does not tell apart itself.
#[cold]
#[inline(never)]
unsafe fn settle(vm: *mut Machine, result: R<Next>, ip: *mut Unit, sp: *mut Value, fp: *mut Value) -> *mut Unit {
    // SAFETY: as `run_body`.
    unsafe {
        match result {
            Ok(Next::Exit) => std::ptr::null_mut(),
            Ok(Next::Unwind) | Err(_) => (*vm).unwind(),
            Ok(_) => {
                (*vm).out_sp = sp;
                (*vm).out_fp = fp;
                (*vm).again = true;
                ip
            }
        }
    }
}

/// A component that is never asked for.
pub struct NoBody;

impl Body for NoBody {
    const BODY_LEN: usize = 1;
    unsafe fn body(s: &mut Slow<'_>) -> R<Next> {
        Err(s.m.system_error("an opcode without an out-of-line half asked for it"))
    }
}

/// Defines opcodes. Forms:
///
/// - `NAME (in -- out) fast |cx| {…}`: all of it is inlined; evaluates to a [`Flow`].
/// - `NAME (in -- out) slow |s| {…}`: all of it is out of line; evaluates to `R<Next>`.
/// - `NAME (in -- out) fast |cx| {…} slow |s| {…}`: `fast` returns `cx.slow()` to ask for `slow`.
/// - `NAME (in -- out) aside |s| {…}`, with or without `fast`: as `slow`, but it cannot raise; evaluates to [`Next`].
/// - `NAME (in -- out) apart |s| {…}`, with or without `fast`: as `slow`, but always a function of its own, because addresses of its locals get out.
/// - `NAME of FAMILY (in -- out) fast |cx| {…}`: a specialised form; `cx.slow()` is a miss, and runs the family's adaptive opcode.
/// - `NAME of FAMILY (in -- out) slow |s| {…}`: a specialised form, all of it out of line, that calls `adapt::miss` when its guard fails.
/// - `NAME of FAMILY (in -- out) fast |cx| {…} slow |s| {…}`: as before, with an out-of-line half that may still hit.
#[macro_export]
macro_rules! op {
    ($(#[doc = $doc:literal])+ $name:ident ($($effect:tt)*) fast |$cx:ident| $fast:block slow |$s:ident| $slow:block $($rest:tt)*) => {
        $crate::op!(@op [$($doc)+] $name ($($effect)*) |$cx| $fast);
        $crate::op!(@body $name |$s| $slow);
        $crate::op!(@part $name true, $crate::op::Then<$name, T, P>);
        $crate::op!($($rest)*);
    };
    ($(#[doc = $doc:literal])+ $name:ident ($($effect:tt)*) fast |$cx:ident| $fast:block apart |$s:ident| $slow:block $($rest:tt)*) => {
        $crate::op!(@op [$($doc)+] $name ($($effect)*) |$cx| $fast);
        $crate::op!(@body $name [const IN_PLACE: bool = false;] |$s| $slow);
        $crate::op!(@part $name true, $crate::op::Then<$name, T, P>);
        $crate::op!($($rest)*);
    };
    ($(#[doc = $doc:literal])+ $name:ident ($($effect:tt)*) fast |$cx:ident| $fast:block aside |$s:ident| $aside:block $($rest:tt)*) => {
        $crate::op!(@op [$($doc)+] $name ($($effect)*) |$cx| $fast);
        $crate::op!(@aside $name |$s| $aside);
        $crate::op!(@part $name false, $crate::op::Then<$name, T, P>);
        $crate::op!($($rest)*);
    };
    ($(#[doc = $doc:literal])+ $name:ident ($($effect:tt)*) fast |$cx:ident| $fast:block $($rest:tt)*) => {
        $crate::op!(@op [$($doc)+] $name ($($effect)*) |$cx| $fast);
        impl $crate::op::Body for $name {
            const BODY_LEN: usize = <Self as $crate::op::Op>::LEN;
            unsafe fn body(s: &mut $crate::op::Slow<'_>) -> $crate::machine::R<$crate::op::Next> {
                // SAFETY: never asked for.
                unsafe { <$crate::op::NoBody as $crate::op::Body>::body(s) }
            }
        }
        $crate::op!(@part $name false, $crate::op::NoBody);
        $crate::op!($($rest)*);
    };
    ($(#[doc = $doc:literal])+ $name:ident ($($effect:tt)*) slow |$s:ident| $slow:block $($rest:tt)*) => {
        $crate::op!(@op [$($doc)+] $name ($($effect)*) out_of_line);
        $crate::op!(@body $name |$s| $slow);
        $crate::op!(@part $name true, $crate::op::Then<$name, T, P>);
        $crate::op!($($rest)*);
    };
    ($(#[doc = $doc:literal])+ $name:ident ($($effect:tt)*) apart |$s:ident| $slow:block $($rest:tt)*) => {
        $crate::op!(@op [$($doc)+] $name ($($effect)*) out_of_line);
        $crate::op!(@body $name [const IN_PLACE: bool = false;] |$s| $slow);
        $crate::op!(@part $name true, $crate::op::Then<$name, T, P>);
        $crate::op!($($rest)*);
    };
    ($(#[doc = $doc:literal])+ $name:ident ($($effect:tt)*) aside |$s:ident| $aside:block $($rest:tt)*) => {
        $crate::op!(@op [$($doc)+] $name ($($effect)*) out_of_line);
        $crate::op!(@aside $name |$s| $aside);
        $crate::op!(@part $name false, $crate::op::Then<$name, T, P>);
        $crate::op!($($rest)*);
    };
    ($(#[doc = $doc:literal])+ $name:ident of $family:ident ($($effect:tt)*) fast |$cx:ident| $fast:block slow |$s:ident| $slow:block $($rest:tt)*) => {
        $crate::op!(@op [$($doc)+] $name ($($effect)*) |$cx| $fast);
        $crate::op!(@body $name of $family |$s| $slow);
        $crate::op!(@same $name $family);
        $crate::op!($($rest)*);
    };
    ($(#[doc = $doc:literal])+ $name:ident of $family:ident ($($effect:tt)*) slow |$s:ident| $slow:block $($rest:tt)*) => {
        $crate::op!(@op [$($doc)+] $name ($($effect)*) out_of_line);
        $crate::op!(@body $name of $family |$s| $slow);
        $crate::op!(@same $name $family);
        $crate::op!($($rest)*);
    };
    ($(#[doc = $doc:literal])+ $name:ident of $family:ident ($($effect:tt)*) fast |$cx:ident| $fast:block $($rest:tt)*) => {
        $crate::op!(@op [$($doc)+] $name ($($effect)*) |$cx| $fast, $crate::adapt::Missed<$family>);
        $crate::op!(@same $name $family);
        $crate::op!($($rest)*);
    };
    () => {};
    (@part $name:ident $raises:literal, $then:ty) => {
        impl $crate::op::Part for $name {
            const RAISES: bool = $raises;
            type Then<T: $crate::op::Tail, P: $crate::probe::Probe> = $then;
        }
    };
    (@same $name:ident $family:ident) => {
        const _: () = assert!(
            <$name as $crate::op::Op>::LEN == <$family as $crate::op::Op>::LEN,
            "a specialised form has its family's cache size"
        );
    };
    (@op [$($doc:literal)+] $name:ident ($($effect:tt)*) |$cx:ident| $fast:block) => {
        $crate::op!(@op [$($doc)+] $name ($($effect)*) |$cx| $fast, $name);
    };
    (@op [$($doc:literal)+] $name:ident ($($effect:tt)*) |$cx:ident| $fast:block, $slow:ty) => {
        $(#[doc = $doc])+
        #[allow(non_camel_case_types, reason = "opcodes keep CPython's spelling")]
        pub struct $name;
        impl $crate::op::Op for $name {
            const OPCODE: $crate::opcodes::Opcode = $crate::opcodes::Opcode::$name;
            const SYNOPSIS: &'static str = concat!(stringify!($($effect)*), ":", $($doc,)+);
            const OUT_OF_LINE: bool = false;
            type Component0<P: $crate::probe::Probe> = $slow;
            type Component1<P: $crate::probe::Probe> = $crate::op::NoBody;
            type Component2<P: $crate::probe::Probe> = $crate::op::NoBody;
            type Component3<P: $crate::probe::Probe> = $crate::op::NoBody;
            #[inline(always)]
            #[allow(unused_mut, unused_unsafe, reason = "not every opcode changes the stack pointer or needs unsafe operations")]
            #[allow(clippy::macro_metavars_in_unsafe, reason = "an opcode's body rests on verified code as a whole")]
            unsafe fn run<P: $crate::probe::Probe>(mut $cx: $crate::op::Cx) -> $crate::op::Flow {
                // SAFETY: verified code; see `op::Cx::push`.
                unsafe { $fast }
            }
        }
    };
    (@op [$($doc:literal)+] $name:ident ($($effect:tt)*) out_of_line) => {
        $(#[doc = $doc])+
        #[allow(non_camel_case_types, reason = "opcodes keep CPython's spelling")]
        pub struct $name;
        impl $crate::op::Op for $name {
            const OPCODE: $crate::opcodes::Opcode = $crate::opcodes::Opcode::$name;
            const SYNOPSIS: &'static str = concat!(stringify!($($effect)*), ":", $($doc,)+);
            const OUT_OF_LINE: bool = true;
            type Component0<P: $crate::probe::Probe> = $name;
            type Component1<P: $crate::probe::Probe> = $crate::op::NoBody;
            type Component2<P: $crate::probe::Probe> = $crate::op::NoBody;
            type Component3<P: $crate::probe::Probe> = $crate::op::NoBody;
            #[inline(always)]
            unsafe fn run<P: $crate::probe::Probe>(cx: $crate::op::Cx) -> $crate::op::Flow {
                cx.slow()
            }
        }
    };
    (@aside $name:ident |$s:ident| $aside:block) => {
        impl $crate::op::Body for $name {
            const BODY_LEN: usize = <Self as $crate::op::Op>::LEN;
            #[inline(always)]
            unsafe fn body(s: &mut $crate::op::Slow<'_>) -> $crate::machine::R<$crate::op::Next> {
                #[inline(always)]
                #[allow(unused_unsafe, clippy::macro_metavars_in_unsafe, reason = "not every opcode needs unsafe operations")]
                unsafe fn aside($s: &mut $crate::op::Slow<'_>) -> $crate::op::Next {
                    // SAFETY: verified code; see `op::Cx::push`.
                    unsafe { $aside }
                }
                // SAFETY: as the caller promises.
                Ok(unsafe { aside(s) })
            }
        }
    };
    (@body $name:ident |$s:ident| $slow:block) => {
        $crate::op!(@body $name [] |$s| $slow);
    };
    (@body $name:ident of $family:ident |$s:ident| $slow:block) => {
        $crate::op!(@body $name [
            const MISSES: Option<$crate::opcodes::Opcode> = Some(<$family as $crate::adapt::Family>::ADAPTIVE);
            unsafe fn missed(s: &mut $crate::op::Slow<'_>) -> $crate::machine::R<$crate::op::Next> {
                // SAFETY: the family's members have the same operands and caches.
                unsafe { $crate::adapt::missed::<$family>(s) }
            }
        ] |$s| $slow);
    };
    (@body $name:ident [$($items:tt)*] |$s:ident| $slow:block) => {
        impl $crate::op::Body for $name {
            const BODY_LEN: usize = <Self as $crate::op::Op>::LEN;
            $($items)*
            #[inline(always)]
            #[allow(unused_unsafe, clippy::macro_metavars_in_unsafe, reason = "not every opcode needs unsafe operations")]
            unsafe fn body($s: &mut $crate::op::Slow<'_>) -> $crate::machine::R<$crate::op::Next> {
                // SAFETY: verified code; see `op::Cx::push`.
                unsafe { $slow }
            }
        }
    };
}
