//! Call dispatch: a loop that calls each handler through a table, and gets the next instruction and stack pointer back in two registers.
//!
//! In contrast to `tailcall`, every instruction costs a call and a return and shares one indirect call; in contrast to `switch`,
//! handlers are functions of their own. The frame pointer travels through the machine, since it rarely changes. It is here to show
//! that a technique is one small file.

use vm_core::machine::Machine;
use vm_core::object::value::Value;
use vm_core::op::{Cx, Flow, Op, Unit, run_body, unit_arg, unit_op};
use vm_core::opcodes::OPCODE_LIMIT;
use vm_core::ops;
use vm_core::probe::Probe;

/// Where to go on; a null instruction leaves the loop.
#[repr(C)]
struct State {
    ip: *mut Unit,
    sp: *mut Value,
}

type Handler = unsafe extern "C" fn(*mut Unit, *mut Value, *mut Value, *mut Machine, usize) -> State;

unsafe extern "C" fn handler<O: Op, P: Probe>(ip: *mut Unit, sp: *mut Value, fp: *mut Value, vm: *mut Machine, oparg: usize) -> State {
    // SAFETY: handlers are reached only through the table, with the state of verified code.
    unsafe {
        P::step(vm, O::OPCODE, ip, sp, fp);
        let ip = match O::run::<P>(Cx { ip, sp, fp, vm, oparg }) {
            Flow::Next(sp) => return State { ip: ip.add(O::LEN), sp },
            Flow::Jump(ip, sp) => return State { ip, sp },
            Flow::Enter(ip, sp, fp) => {
                (*vm).out_fp = fp;
                return State { ip, sp };
            }
            Flow::Slow(0, ip, sp) => run_body::<O::Component0<P>>(ip, sp, fp, vm).ip,
            Flow::Slow(1, ip, sp) => run_body::<O::Component1<P>>(ip, sp, fp, vm).ip,
            Flow::Slow(2, ip, sp) => run_body::<O::Component2<P>>(ip, sp, fp, vm).ip,
            Flow::Slow(_, ip, sp) => run_body::<O::Component3<P>>(ip, sp, fp, vm).ip,
            Flow::Exit => return State { ip: std::ptr::null_mut(), sp },
        };
        if P::ENABLED && (*vm).again {
            (*vm).again = false;
            P::again(vm, O::OPCODE);
        }
        State { ip, sp: (*vm).out_sp }
    }
}

unsafe extern "C" fn no_opcode(_: *mut Unit, _: *mut Value, _: *mut Value, _: *mut Machine, _: usize) -> State {
    std::process::abort()
}

macro_rules! table {
    (executable { $($name:ident = $num:literal, $caches:literal, $family:ident;)* } $($pseudo:tt)*) => {
        struct Tables<P>(std::marker::PhantomData<P>);
        impl<P: Probe> Tables<P> {
            const TABLE: &'static [Handler; OPCODE_LIMIT] = &{
                let mut table = [no_opcode as Handler; OPCODE_LIMIT];
                $(table[$num] = handler::<ops::$name, P>;)*
                table
            };
        }
    };
}

vm_core::for_each_opcode!(table);

/// Runs until the entry frame is left.
///
/// # Safety
/// The machine's code is verified, and the state is that of a frame ready to run.
pub(crate) unsafe fn run<P: Probe>(vm: *mut Machine, mut ip: *mut Unit, mut sp: *mut Value, fp: *mut Value) {
    // SAFETY: as the caller promises; opcode numbers are below the table's length.
    unsafe {
        let table = Tables::<P>::TABLE;
        (*vm).out_fp = fp;
        while !ip.is_null() {
            let unit = *ip;
            let next = table.get_unchecked(unit_op(unit))(ip, sp, (*vm).out_fp, vm, unit_arg(unit));
            ip = next.ip;
            sp = next.sp;
        }
    }
}
