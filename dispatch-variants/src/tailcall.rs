//! Tail-call dispatch: every opcode is a function of its own, and ends by jumping to the next one through the handler table.
//!
//! In contrast to `switch`, each handler has its own register allocation and its own indirect jump; the hot state travels in
//! argument registers. An instruction's argument does not: only some need it, and read it from the code. On stable Rust the tail call is
//! the optimiser's sibling call: it needs an identical signature, nothing to drop and no local whose address escapes, which is why
//! out-of-line work is a handler of its own ([`slow`]), itself reached by a tail call. Nothing guarantees it, so the machine-code audit
//! checks what came out. With the feature `guaranteed-tail-calls` (nightly) the same text is compiled with `become` and the calling
//! convention that preserves no registers; only how the call is spelled differs.

use vm_core::machine::Machine;
use vm_core::machine::frame::Frame;
use vm_core::object::value::Value;
use vm_core::op::{Body, Continue, Cx, Flow, Next, Op, Slow, Unit, arg_at, op_at, run_body};
use vm_core::opcodes::{OPCODE_LIMIT, Opcode};
use vm_core::ops;
use vm_core::probe::{Count, NoProbe, Observe, Probe};

/// Items with a handler's calling convention, which is a token of the source.
macro_rules! items {
    ($abi:literal: $($(#[$meta:meta])* $kind:ident $name:ident $(<$($p:ident: $bound:ident),*>)? ($($args:tt)*) $body:tt)*) => {
        $(items!(@ $kind $abi [$(#[$meta])*] $name [$(<$($p: $bound),*>)?] ($($args)*) $body);)*
    };
    (@ function $abi:literal [$($meta:tt)*] $name:ident [$($generics:tt)*] ($($args:tt)*) $body:tt) => {
        $($meta)* unsafe extern $abi fn $name $($generics)* ($($args)*) $body
    };
    (@ pointer $abi:literal [$($meta:tt)*] $name:ident [] ($($args:tt)*) {}) => {
        $($meta)* type $name = unsafe extern $abi fn($($args)*);
    };
}

#[cfg(not(feature = "guaranteed-tail-calls"))]
mod spelling {
    /// How this build spells the tail call.
    pub const MECHANISM: &str = "sibling call (optimiser)";

    macro_rules! handlers { ($($items:tt)*) => { items! { "C": $($items)* } }; }
    macro_rules! tail {
        ($call:expr) => {
            return $call
        };
    }
    pub(super) use {handlers, tail};
}

#[cfg(feature = "guaranteed-tail-calls")]
mod spelling {
    /// How this build spells the tail call.
    pub const MECHANISM: &str = "become (guaranteed), no register preserved";

    macro_rules! handlers { ($($items:tt)*) => { items! { "rust-preserve-none": $($items)* } }; }
    macro_rules! tail {
        ($call:expr) => {
            become $call
        };
    }
    pub(super) use {handlers, tail};
}

pub use spelling::MECHANISM;
use spelling::{handlers, tail};

handlers! {
    /// A handler: instruction, stack pointer, frame pointer, machine, table.
    pointer Handler(*mut Unit, *mut Value, *mut Value, *mut Machine, *const Table) {}
}

/// The handlers by opcode number.
#[repr(transparent)]
struct Table([Handler; OPCODE_LIMIT]);

macro_rules! dispatch {
    ($ip:expr, $sp:expr, $fp:expr, $vm:expr, $table:expr) => {{
        let ip: *mut Unit = $ip;
        dispatch_as!(op_at(ip), ip, $sp, $fp, $vm, $table)
    }};
}

/// Dispatch to the handler of a certain opcode, whatever stands in the code.
macro_rules! dispatch_as {
    ($op:expr, $ip:expr, $sp:expr, $fp:expr, $vm:expr, $table:expr) => {{
        let handler = *(*$table).0.as_ptr().add($op);
        tail!(handler($ip, $sp, $fp, $vm, $table))
    }};
}

handlers! {
#[allow(clippy::needless_return, reason = "`return` marks the calls that have to come out as jumps")]
function handler<O: Op, P: Probe>(
    ip: *mut Unit,
    sp: *mut Value,
    fp: *mut Value,
    vm: *mut Machine,
    table: *const Table,
) {
    // SAFETY: handlers are reached only through the table, with the state of verified code.
    unsafe {
        P::step(vm, O::OPCODE, ip, sp, fp);
        match O::run::<P>(Cx { ip, sp, fp, vm, oparg: arg_at(ip) }) {
            Flow::Next(sp) => dispatch!(ip.add(O::LEN), sp, fp, vm, table),
            Flow::Jump(ip, sp) => dispatch!(ip, sp, fp, vm, table),
            Flow::Enter(ip, sp, fp) => dispatch!(ip, sp, fp, vm, table),
            Flow::Slow(0, ip, sp) => tail!(slow::<O, O::Component0<P>, P>(ip, sp, fp, vm, table)),
            Flow::Slow(1, ip, sp) => tail!(slow::<O, O::Component1<P>, P>(ip, sp, fp, vm, table)),
            Flow::Slow(2, ip, sp) => tail!(slow::<O, O::Component2<P>, P>(ip, sp, fp, vm, table)),
            Flow::Slow(_, ip, sp) => tail!(slow::<O, O::Component3<P>, P>(ip, sp, fp, vm, table)),
            Flow::Exit => {}
        }
    }
}

/// The out-of-line half of a component, then on. It is compiled into this handler, so that there is one set of registers to save and
/// nothing to hand over; under a probe, where code is not to be fast but small, it is the function that all techniques share.
#[inline(never)]
function slow<O: Op, B: Body, P: Probe>(
    ip: *mut Unit,
    sp: *mut Value,
    fp: *mut Value,
    vm: *mut Machine,
    table: *const Table,
) {
    // SAFETY: as `handler`.
    unsafe {
        if B::ONLY_MISSES
            && !P::ENABLED
            && let Some(op) = B::MISSES
        {
            dispatch_as!(op as usize, ip, sp, fp, vm, table)
        }
        // The messages of debug assertions take addresses of locals, so a build with them does as under a probe.
        if P::ENABLED || !B::IN_PLACE || cfg!(debug_assertions) {
            let Continue { ip, vm } = run_body::<B>(ip, sp, fp, vm);
            if P::ENABLED && (*vm).again {
                (*vm).again = false;
                P::again(vm, O::OPCODE);
            }
            if ip.is_null() {
                return;
            }
            let table: *const Table = (*vm).handlers.cast();
            dispatch!(ip, (*vm).out_sp, (*vm).out_fp, vm, table)
        }
        let mut s = Slow::enter(ip, sp, fp, vm);
        let result = B::body(&mut s);
        let sp = s.sp;
        // The table is read from the machine rather than kept in one more register.
        let table: *const Table = (*vm).handlers.cast();
        if let Ok(Next::Done) = result {
            dispatch!(ip.add(B::BODY_LEN), sp, fp, vm, table)
        }
        if let Ok(Next::Jump(target)) = result {
            dispatch!(target, sp, fp, vm, table)
        }
        if let Ok(Next::Frame) = result {
            let fp = (*vm).fp;
            let frame = Frame::of(fp);
            dispatch!((*frame).ip, (*frame).sp, fp, vm, table)
        }
        if let Ok(Next::Missed) = result
            && let Some(op) = B::MISSES
        {
            dispatch_as!(op as usize, ip, sp, fp, vm, table)
        }
        if let Ok(Next::Enter(ip, sp, fp)) = result {
            dispatch!(ip, sp, fp, vm, table)
        }
        if let Ok(Next::Again) = result {
            dispatch!(ip, sp, fp, vm, table)
        }
        if let Ok(Next::Exit) = result {
            return;
        }
        let ip = (*vm).unwind();
        if ip.is_null() {
            return;
        }
        dispatch!(ip, (*vm).out_sp, (*vm).out_fp, vm, table)
    }
}

function no_opcode(_ip: *mut Unit, _sp: *mut Value, _fp: *mut Value, _vm: *mut Machine, _table: *const Table) {
    std::process::abort()
}
}

/// The handler of an opcode: where it has nothing to inline and nobody counts, its out-of-line half at once.
const fn entry<O: Op, P: Probe>() -> Handler {
    if O::OUT_OF_LINE && !P::ENABLED { slow::<O, O::Component0<P>, P> } else { handler::<O, P> }
}

macro_rules! table {
    (executable { $($name:ident = $num:literal, $caches:literal, $family:ident;)* } $($pseudo:tt)*) => {
        struct Tables<P>(std::marker::PhantomData<P>);
        impl<P: Probe> Tables<P> {
            const TABLE: &'static Table = &{
                let mut table = [no_opcode as Handler; OPCODE_LIMIT];
                $(table[$num] = entry::<ops::$name, P>();)*
                Table(table)
            };
        }
    };
}

vm_core::for_each_opcode!(table);

/// The address of each opcode's handler under a probe, for the machine-code audit: those that runs use.
#[must_use]
pub fn handler_addresses(watch: crate::Watch) -> Vec<(Opcode, usize)> {
    match watch {
        crate::Watch::Nothing => addresses::<NoProbe>(),
        crate::Watch::Count => addresses::<Count>(),
        crate::Watch::Observe => addresses::<Observe>(),
    }
}

fn addresses<P: Probe>() -> Vec<(Opcode, usize)> {
    let table = &Tables::<P>::TABLE.0;
    Opcode::ALL.iter().filter(|op| !op.is_pseudo()).map(|&op| (op, table[op as usize] as *const () as usize)).collect()
}

/// Runs until the entry frame is left.
///
/// # Safety
/// The machine's code is verified, and the state is that of a frame ready to run.
pub(crate) unsafe fn run<P: Probe>(vm: *mut Machine, ip: *mut Unit, sp: *mut Value, fp: *mut Value) {
    // SAFETY: as the caller promises.
    unsafe {
        let table: *const Table = Tables::<P>::TABLE;
        (*vm).handlers = table.cast();
        let handler = (&(*table).0)[op_at(ip)];
        handler(ip, sp, fp, vm, table);
    }
}
