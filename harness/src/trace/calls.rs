//! What a call instruction is about to call, from its operands: no call path carries anything for the trace.

use vm_core::machine::Machine;
use vm_core::native::Convention;
use vm_core::object::function::{BoundMethod, Function, MethodDescr, NativeFunction};
use vm_core::object::value::Value;
use vm_core::op::unit_arg;
use vm_core::opcodes::Opcode;
use vm_core::probe::Step;

use crate::code_map::components;

/// The kind of call the instruction, or its first component, makes, if it is one.
pub(super) fn kind(step: &Step<'_>) -> Option<&'static str> {
    let (first, _) = components(step.op);
    // SAFETY: verified code has the operands of the instruction it stopped at on its stack, and an argument in its unit.
    unsafe {
        let at = |depth: usize| *step.sp.sub(depth);
        let oparg = unit_arg(*step.ip);
        match first {
            Opcode::CALL => Some(callable_kind(step.vm, at(oparg + 2), !at(oparg + 1).is_null())),
            Opcode::CALL_KW => Some(callable_kind(step.vm, at(oparg + 3), !at(oparg + 2).is_null())),
            Opcode::CALL_FUNCTION_EX => Some(callable_kind(step.vm, at(3 + (oparg & 1)), false)),
            Opcode::FOR_ITER => is_generator(step.vm, at(1)).then_some("generator_resume"),
            Opcode::SEND => is_generator(step.vm, at(2)).then_some("generator_resume"),
            _ => None,
        }
    }
}

fn is_generator(m: &Machine, v: Value) -> bool {
    let ty = m.type_of(v);
    ty == m.types.generator || ty == m.types.coroutine
}

fn callable_kind(m: &Machine, callable: Value, method: bool) -> &'static str {
    if callable.downcast::<Function>().is_some() {
        return if method { "python_method" } else { "python" };
    }
    if callable.downcast::<BoundMethod>().is_some() {
        return "bound_method";
    }
    if let Some(native) = callable.downcast::<NativeFunction>() {
        return native_kind(native.def.convention);
    }
    if let Some(descriptor) = callable.downcast::<MethodDescr>() {
        return native_kind(descriptor.def.convention);
    }
    let ty = m.type_of(callable);
    if ty.is_subtype_of(m.types.type_) {
        "class"
    } else if ty == m.types.wrapper_descriptor || ty == m.types.method_wrapper {
        "slot_wrapper"
    } else {
        "other_object"
    }
}

fn native_kind(convention: Convention) -> &'static str {
    match convention {
        Convention::NoArgs => "native_noargs",
        Convention::O => "native_o",
        Convention::Fast => "native_fast",
        Convention::FastKeywords => "native_fast_keywords",
        Convention::VarArgs => "native_varargs",
        Convention::VarArgsKeywords => "native_varargs_keywords",
        Convention::DefiningClass { .. } => "native_defining_class",
    }
}
