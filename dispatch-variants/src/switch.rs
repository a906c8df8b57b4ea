//! Switch dispatch: one loop around one `match` over all opcodes, every handler inlined in one function.
//!
//! In contrast to `tailcall`, all handlers share one register allocation and (unless the compiler duplicates it) one indirect jump.
//! The opcode number is read from the code unit and matched directly; numbers that no opcode has are declared unreachable, since the
//! code was verified, so there is no bounds check.

use vm_core::machine::Machine;
use vm_core::object::value::Value;
use vm_core::op::{Cx, Flow, Op, Unit, run_body, unit_arg, unit_op};
use vm_core::ops;
use vm_core::probe::Probe;

macro_rules! switch_loop {
    (executable { $($name:ident = $num:literal, $caches:literal, $family:ident;)* } $($pseudo:tt)*) => {
        /// Runs until the entry frame is left.
        ///
        /// # Safety
        /// The machine's code is verified, and the state is that of a frame ready to run.
        pub(crate) unsafe fn run<P: Probe>(vm: *mut Machine, mut ip: *mut Unit, mut sp: *mut Value, mut fp: *mut Value) {
            // SAFETY: as the caller promises.
            unsafe {
                loop {
                    let unit = *ip;
                    let cx = Cx { ip, sp, fp, vm, oparg: unit_arg(unit) };
                    macro_rules! arm {
                        ($op:ty) => {{
                            P::step(vm, <$op as Op>::OPCODE, ip, sp, fp);
                            let next;
                            match <$op as Op>::run::<P>(cx) {
                                Flow::Next(s) => {
                                    sp = s;
                                    ip = ip.add(<$op as Op>::LEN);
                                    continue;
                                }
                                Flow::Jump(i, s) => {
                                    ip = i;
                                    sp = s;
                                    continue;
                                }
                                Flow::Enter(i, s, f) => {
                                    ip = i;
                                    sp = s;
                                    fp = f;
                                    continue;
                                }
                                Flow::Slow(0, i, s) => next = run_body::<<$op as Op>::Component0<P>>(i, s, fp, vm).ip,
                                Flow::Slow(1, i, s) => next = run_body::<<$op as Op>::Component1<P>>(i, s, fp, vm).ip,
                                Flow::Slow(2, i, s) => next = run_body::<<$op as Op>::Component2<P>>(i, s, fp, vm).ip,
                                Flow::Slow(_, i, s) => next = run_body::<<$op as Op>::Component3<P>>(i, s, fp, vm).ip,
                                Flow::Exit => return,
                            }
                            if P::ENABLED && (*vm).again {
                                (*vm).again = false;
                                P::again(vm, <$op as Op>::OPCODE);
                            }
                            next
                        }};
                    }
                    let next = switch_loop!(@match unit_op(unit), arm, [$($name = $num;)*]);
                    if next.is_null() {
                        return;
                    }
                    ip = next;
                    sp = (*vm).out_sp;
                    fp = (*vm).out_fp;
                }
            }
        }
    };
    (@match $value:expr, $arm:ident, [$($name:ident = $num:literal;)*]) => {
        match $value as u16 {
            $($num => $arm!(ops::$name),)*
            _ => std::hint::unreachable_unchecked(),
        }
    };
}

vm_core::for_each_opcode!(switch_loop);
