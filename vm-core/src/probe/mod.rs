//! Probes: what watches a running program. [`NoProbe`] is compiled away; the others count or record.
//!
//! A probe is a type parameter of the dispatch techniques, so that timing runs contain no instruction of it. What is rare
//! (specialisation, misses, collections) reports through [`ProbeData`] from out-of-line code, when there is one.

use crate::machine::Machine;
use crate::object::value::Value;
use crate::op::Unit;
use crate::opcodes::{OPCODE_LIMIT, Opcode};

/// Watches a run.
pub trait Probe: 'static {
    /// Whether anything is recorded.
    const ENABLED: bool;

    /// Before each dispatched instruction.
    ///
    /// # Safety
    /// The state is that of verified code stopped at this instruction.
    unsafe fn step(vm: *mut Machine, op: Opcode, ip: *mut Unit, sp: *mut Value, fp: *mut Value);

    /// An instruction did the work of `base` further base instructions, which were skipped.
    ///
    /// # Safety
    /// `vm` is the running machine.
    unsafe fn skipped(vm: *mut Machine, base: i64);

    /// Before each component of a superinstruction but the first.
    ///
    /// # Safety
    /// The state is that of verified code stopped at this component.
    unsafe fn part(vm: *mut Machine, op: Opcode, ip: *mut Unit, sp: *mut Value, fp: *mut Value);

    /// The instruction just stepped was rewritten and is dispatched again.
    ///
    /// # Safety
    /// `vm` is the running machine.
    unsafe fn again(vm: *mut Machine, op: Opcode);
}

/// Records nothing and leaves no instruction behind.
pub struct NoProbe;

impl Probe for NoProbe {
    const ENABLED: bool = false;
    #[inline(always)]
    unsafe fn step(_: *mut Machine, _: Opcode, _: *mut Unit, _: *mut Value, _: *mut Value) {}
    #[inline(always)]
    unsafe fn skipped(_: *mut Machine, _: i64) {}
    #[inline(always)]
    unsafe fn part(_: *mut Machine, _: Opcode, _: *mut Unit, _: *mut Value, _: *mut Value) {}
    #[inline(always)]
    unsafe fn again(_: *mut Machine, _: Opcode) {}
}

/// Counts executions per opcode.
pub struct Count;

impl Probe for Count {
    const ENABLED: bool = true;
    #[inline(always)]
    unsafe fn step(vm: *mut Machine, op: Opcode, _: *mut Unit, _: *mut Value, _: *mut Value) {
        // SAFETY: a counting machine has probe data; opcode numbers are below the limit.
        unsafe { *(*(*vm).probe).executions.as_mut_ptr().add(op as usize) += 1 }
    }
    #[inline(always)]
    unsafe fn skipped(vm: *mut Machine, base: i64) {
        // SAFETY: as `step`.
        unsafe { (*(*vm).probe).skipped += base }
    }
    #[inline(always)]
    unsafe fn part(vm: *mut Machine, op: Opcode, _: *mut Unit, _: *mut Value, _: *mut Value) {
        // SAFETY: as `step`.
        unsafe { (*(*vm).probe).skipped += op.base_weight() }
    }
    #[inline(always)]
    unsafe fn again(vm: *mut Machine, op: Opcode) {
        // SAFETY: as `step`.
        unsafe {
            (*(*vm).probe).again += op.base_weight();
            (*(*vm).probe).redispatched += 1;
        }
    }
}

/// Records every instruction through [`ProbeData::observer`].
pub struct Observe;

impl Probe for Observe {
    const ENABLED: bool = true;
    #[inline(always)]
    unsafe fn step(vm: *mut Machine, op: Opcode, ip: *mut Unit, sp: *mut Value, fp: *mut Value) {
        // SAFETY: an observed machine has probe data.
        unsafe {
            Count::step(vm, op, ip, sp, fp);
            observe(vm, op, ip, sp, fp);
        }
    }
    #[inline(always)]
    unsafe fn skipped(vm: *mut Machine, base: i64) {
        // SAFETY: as `step`.
        unsafe {
            Count::skipped(vm, base);
            if let Some(observer) = &mut (*(*vm).probe).observer {
                observer.skipped(base);
            }
        }
    }
    #[inline(always)]
    unsafe fn part(vm: *mut Machine, op: Opcode, ip: *mut Unit, sp: *mut Value, fp: *mut Value) {
        // SAFETY: as `step`.
        unsafe {
            Count::part(vm, op, ip, sp, fp);
            observe_part(vm, op, ip, sp, fp);
        }
    }
    #[inline(always)]
    unsafe fn again(vm: *mut Machine, op: Opcode) {
        // SAFETY: as `step`.
        unsafe {
            Count::again(vm, op);
            if let Some(observer) = &mut (*(*vm).probe).observer {
                observer.again(op);
            }
        }
    }
}

#[cold]
#[inline(never)]
unsafe fn observe(vm: *mut Machine, op: Opcode, ip: *mut Unit, sp: *mut Value, fp: *mut Value) {
    // SAFETY: as `Observe::step`; the observer only reads the machine.
    unsafe {
        if let Some(observer) = &mut (*(*vm).probe).observer {
            observer.step(&Step { vm: &*vm, op, ip, sp, fp });
        }
    }
}

#[cold]
#[inline(never)]
unsafe fn observe_part(vm: *mut Machine, op: Opcode, ip: *mut Unit, sp: *mut Value, fp: *mut Value) {
    // SAFETY: as `Observe::part`; the observer only reads the machine.
    unsafe {
        if let Some(observer) = &mut (*(*vm).probe).observer {
            observer.part(&Step { vm: &*vm, op, ip, sp, fp });
        }
    }
}

/// One instruction about to run.
pub struct Step<'m> {
    /// The machine, to read.
    pub vm: &'m Machine,
    /// The opcode.
    pub op: Opcode,
    /// The instruction.
    pub ip: *mut Unit,
    /// Operand stack pointer.
    pub sp: *mut Value,
    /// The first local.
    pub fp: *mut Value,
}

/// What happened to an adaptive instruction.
#[derive(Clone, Copy, Debug)]
pub enum Adapted {
    /// Specialisation was tried and gave this opcode.
    Success(Opcode),
    /// Specialisation was tried and failed, for the named reason (CPython's `SPEC_FAIL_*`).
    Failure(&'static str),
    /// CPython's statistics count a reason although the attempt then succeeded with a less special form.
    Noted(&'static str),
    /// A specialised instruction's guard failed.
    Miss(Opcode),
    /// A specialised instruction was put back to its adaptive form.
    Deopt(Opcode),
    /// A superinstruction was fused in place.
    Quickened(Opcode),
}

/// Receives what an observed machine does.
pub trait Observer: Send {
    /// Before each instruction.
    fn step(&mut self, step: &Step<'_>);
    /// The instruction just stepped is dispatched again after being rewritten.
    fn again(&mut self, op: Opcode);
    /// Before each component, but the first, of a superinstruction fused in place.
    fn part(&mut self, part: &Step<'_>);
    /// The instruction just stepped goes on with the work of the next one, or with its own second half.
    fn skipped(&mut self, base: i64);
    /// Something happened to the adaptive instruction at `ip` of `code`.
    fn adapted(&mut self, code: &crate::object::code::Code, ip: *const Unit, family: Opcode, what: Adapted);
    /// A collection ended.
    fn collected(&mut self, stats: &crate::heap::CollectionStats);
    /// A call of that kind was made.
    fn call(&mut self, kind: &'static str);
    /// Gives the concrete observer back at the end.
    fn into_any(self: Box<Self>) -> Box<dyn std::any::Any>;
}

/// Counters of a watched machine.
pub struct ProbeData {
    /// Raw executions by opcode number.
    pub executions: [u64; OPCODE_LIMIT],
    /// Base instructions done by instructions that skipped them.
    pub skipped: i64,
    /// Base instructions counted twice because the instruction was dispatched again.
    pub again: i64,
    /// Instructions dispatched again after being rewritten.
    pub redispatched: u64,
    /// Receives events.
    pub observer: Option<Box<dyn Observer>>,
}

impl Default for ProbeData {
    fn default() -> Self {
        ProbeData { executions: [0; OPCODE_LIMIT], skipped: 0, again: 0, redispatched: 0, observer: None }
    }
}

impl ProbeData {
    /// Base instructions executed: see `Opcode::base_weight`.
    #[must_use]
    pub fn base_instructions(&self) -> u64 {
        let counted: i64 = Opcode::ALL.iter().map(|op| self.executions[*op as usize].cast_signed() * op.base_weight()).sum();
        (counted + self.skipped - self.again).cast_unsigned()
    }

    /// Instructions executed, a superinstruction counting once, and once also what was rewritten and dispatched again.
    #[must_use]
    pub fn raw_executions(&self) -> u64 {
        self.dispatches() - self.redispatched
    }

    /// Instructions dispatched.
    #[must_use]
    pub fn dispatches(&self) -> u64 {
        self.executions.iter().sum()
    }
}
