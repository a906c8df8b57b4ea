//! What an adaptive instruction is about to work on, as far as inline caches care: types of operands, or what is called or looked into.

use vm_core::machine::Machine;
use vm_core::object::function::{BoundMethod, Function, MethodDescr, NativeFunction};
use vm_core::object::module::Module;
use vm_core::object::string::Str;
use vm_core::object::typeobj::Type;
use vm_core::object::value::Value;
use vm_core::op::unit_arg;
use vm_core::opcodes::Opcode;
use vm_core::probe::Step;

/// Identity of what a site saw: addresses of types, or of what is called or looked into.
pub(super) type Key = [usize; 2];

/// The operands that a family's caches depend on.
enum Operands {
    One(Value),
    Two(Value, Value),
    /// An attribute's owner: a class or module counts as itself, anything else by its type.
    Owner(Value),
    Called(Value),
}

fn operands(step: &Step<'_>, family: Opcode) -> Option<Operands> {
    // SAFETY: verified code has the operands of the instruction it stopped at on its stack.
    let at = |depth: usize| unsafe { *step.sp.sub(depth) };
    Some(match family {
        Opcode::BINARY_OP | Opcode::COMPARE_OP | Opcode::BINARY_SUBSCR | Opcode::STORE_SUBSCR => Operands::Two(at(2), at(1)),
        Opcode::TO_BOOL | Opcode::UNPACK_SEQUENCE | Opcode::FOR_ITER | Opcode::CONTAINS_OP | Opcode::LOAD_SUPER_ATTR => {
            Operands::One(at(1))
        }
        Opcode::SEND => Operands::One(at(2)),
        Opcode::LOAD_ATTR | Opcode::STORE_ATTR => Operands::Owner(at(1)),
        // SAFETY: an instruction has its argument in its unit.
        Opcode::CALL => Operands::Called(at(unsafe { unit_arg(*step.ip) } + 2)),
        _ => return None,
    })
}

fn address<T: ?Sized>(p: *const T) -> usize {
    p.cast::<()>() as usize
}

fn type_key(m: &Machine, v: Value) -> usize {
    address(m.type_of(v).as_ptr())
}

/// The identity of what the instruction is about to work on; `None` if its family has no operands that matter.
pub(super) fn key(step: &Step<'_>, family: Opcode) -> Option<Key> {
    let m = step.vm;
    Some(match operands(step, family)? {
        Operands::One(v) => [type_key(m, v), 0],
        Operands::Two(a, b) => [type_key(m, a), type_key(m, b)],
        Operands::Owner(v) if stands_for_itself(m, v) => [v.bits() as usize, 1],
        Operands::Owner(v) => [type_key(m, v), 0],
        Operands::Called(v) => called(m, v).0,
    })
}

/// The same in words.
pub(super) fn name(step: &Step<'_>, family: Opcode) -> String {
    let m = step.vm;
    match operands(step, family) {
        None => String::new(),
        Some(Operands::One(v)) => m.type_of(v).name_str().to_owned(),
        Some(Operands::Two(a, b)) => format!("{}, {}", m.type_of(a).name_str(), m.type_of(b).name_str()),
        Some(Operands::Owner(v)) => match v.downcast::<Type>() {
            Some(class) => format!("class {}", class.name_str()),
            None if v.downcast::<Module>().is_some() => "module".to_owned(),
            None => m.type_of(v).name_str().to_owned(),
        },
        Some(Operands::Called(v)) => called(m, v).1(),
    }
}

fn stands_for_itself(m: &Machine, v: Value) -> bool {
    v.downcast::<Type>().is_some() || m.type_of(v) == m.types.module
}

/// Functions are told apart by their code, since a closure is made anew each time.
fn called(m: &Machine, v: Value) -> (Key, Box<dyn FnOnce() -> String>) {
    let text = |name: Value| name.downcast::<Str>().map_or_else(String::new, |s| s.to_string_lossy().into_owned());
    if let Some(function) = v.downcast::<Function>() {
        return ([address(function.code.get().as_ptr()), 0], Box::new(move || format!("function {}", text(function.qualname.get()))));
    }
    if let Some(method) = v.downcast::<BoundMethod>() {
        return match method.func.downcast::<Function>() {
            Some(f) => ([address(f.code.get().as_ptr()), 1], Box::new(move || format!("bound method {}", text(f.qualname.get())))),
            None => ([type_key(m, method.func), 1], Box::new(|| "bound method of another callable".to_owned())),
        };
    }
    if let Some(native) = v.downcast::<NativeFunction>() {
        return ([address(native.def), 0], Box::new(move || format!("builtin {}", native.def.name)));
    }
    if let Some(method) = v.downcast::<MethodDescr>() {
        return ([address(method.def), 0], Box::new(move || format!("method {}.{}", method.owner.name_str(), method.def.name)));
    }
    if let Some(class) = v.downcast::<Type>() {
        return ([v.bits() as usize, 0], Box::new(move || format!("class {}", class.name_str())));
    }
    let ty = m.type_of(v);
    ([address(ty.as_ptr()), 2], Box::new(move || format!("object of {}", ty.name_str())))
}
