//! CALL. Cache units: counter, function or type version (two units).

use super::Choice;
use crate::adapt::fusion::first_part;
use crate::code::CodeFlags;
use crate::native::Convention;
use crate::object::function::{BoundMethod, Function, MethodDescr, NativeFunction};
use crate::object::header::Gc;
use crate::object::typeobj::{Type, TypeFlags};
use crate::object::value::Value;
use crate::op::{Op, Slow};
use crate::opcodes::Opcode;
use crate::ops::CALL;
use crate::probe::Adapted;

pub(super) fn call(s: &mut Slow<'_>) -> Choice {
    let callable = s.top(s.oparg + 2);
    let this = s.top(s.oparg + 1);
    let nargs = s.oparg + usize::from(!this.is_null());
    if let Some(f) = callable.downcast::<NativeFunction>() {
        return native(s, f, nargs);
    }
    if let Some(f) = callable.downcast::<Function>() {
        return python(s, f, nargs, false);
    }
    if let Some(class) = callable.downcast::<Type>() {
        return self::class(s, class, nargs);
    }
    if s.m.type_of(callable) == s.m.types.method_descriptor {
        // SAFETY: the exact type's layout.
        return method_descriptor(s, unsafe { callable.cast::<MethodDescr>() }, nargs);
    }
    if let Some(method) = callable.downcast::<BoundMethod>() {
        return match method.func.downcast::<Function>() {
            Some(f) => python(s, f, nargs, true),
            None => Err("bound method"),
        };
    }
    Ok(Opcode::CALL_NON_PY_GENERAL)
}

fn python(s: &mut Slow<'_>, f: Gc<Function>, nargs: usize, bound: bool) -> Choice {
    let version = f.version.get();
    if version == 0 {
        return Err("out of versions");
    }
    s.set_cache(1, version);
    let code = f.code.get();
    if !code.flags().has(CodeFlags::OPTIMIZED) {
        return Err("code not optimized");
    }
    let exact = code.simple_args && code.argcount as usize == nargs + usize::from(bound);
    Ok(match (exact, bound) {
        (true, false) => Opcode::CALL_PY_EXACT_ARGS,
        (true, true) => Opcode::CALL_BOUND_METHOD_EXACT_ARGS,
        (false, false) => Opcode::CALL_PY_GENERAL,
        (false, true) => Opcode::CALL_BOUND_METHOD_GENERAL,
    })
}

fn native(s: &mut Slow<'_>, f: Gc<NativeFunction>, nargs: usize) -> Choice {
    match f.def.convention {
        Convention::O => {
            if nargs != 1 {
                return Err("wrong number arguments");
            }
            Ok(if f.value() == s.m.callables.len { Opcode::CALL_LEN } else { Opcode::CALL_BUILTIN_O })
        }
        Convention::Fast => {
            Ok(if nargs == 2 && f.value() == s.m.callables.isinstance { Opcode::CALL_ISINSTANCE } else { Opcode::CALL_BUILTIN_FAST })
        }
        Convention::FastKeywords => Ok(Opcode::CALL_BUILTIN_FAST_WITH_KEYWORDS),
        _ => Ok(Opcode::CALL_NON_PY_GENERAL),
    }
}

/// Whether `f` is the function that `builtins` was made with under that name.
fn method_descriptor(s: &mut Slow<'_>, d: Gc<MethodDescr>, nargs: usize) -> Choice {
    match d.def.convention {
        Convention::NoArgs => {
            if nargs == 1 {
                Ok(Opcode::CALL_METHOD_DESCRIPTOR_NOARGS)
            } else {
                Err("wrong number arguments")
            }
        }
        Convention::O => {
            if nargs != 2 {
                return Err("wrong number arguments");
            }
            // SAFETY: an instruction follows; code never ends in CALL.
            let next = unsafe { first_part(*s.ip.add(CALL::LEN)) };
            let pops = next == Some(Opcode::POP_TOP);
            let append = d.value() == s.m.callables.list_append;
            Ok(if append && s.oparg == 1 && pops { Opcode::CALL_LIST_APPEND } else { Opcode::CALL_METHOD_DESCRIPTOR_O })
        }
        Convention::Fast => Ok(Opcode::CALL_METHOD_DESCRIPTOR_FAST),
        Convention::FastKeywords => Ok(Opcode::CALL_METHOD_DESCRIPTOR_FAST_WITH_KEYWORDS),
        _ => Ok(Opcode::CALL_NON_PY_GENERAL),
    }
}

fn class(s: &mut Slow<'_>, class: Gc<Type>, nargs: usize) -> Choice {
    let t = &s.m.types;
    if class.has(TypeFlags::IMMUTABLE) {
        if nargs == 1 && s.oparg == 1 {
            for (ty, form) in [(t.type_, Opcode::CALL_TYPE_1), (t.str, Opcode::CALL_STR_1), (t.tuple, Opcode::CALL_TUPLE_1)] {
                if class == ty {
                    return Ok(form);
                }
            }
        }
        // The builtin classes that have a vectorcall function in CPython 3.13.
        let vectorcall = [
            t.bool,
            t.dict,
            t.enumerate,
            t.reversed,
            t.float,
            t.list,
            t.int,
            t.range,
            t.set,
            t.frozenset,
            t.tuple,
            t.type_,
            t.super_,
            t.str,
            t.filter,
            t.map,
        ];
        return if vectorcall.contains(&class) { Ok(Opcode::CALL_BUILTIN_CLASS) } else { Err("class no vectorcall") };
    }
    if s.m.type_of(class.value()) != s.m.types.type_ || !crate::object::class_build::allocates_plainly(s.m, class) {
        return Ok(Opcode::CALL_NON_PY_GENERAL);
    }
    let name = s.m.names.init;
    let init = s.m.type_lookup(class, name).and_then(Value::downcast::<Function>);
    let version = s.m.type_version(class);
    if version == 0 {
        return Err("out of versions");
    }
    let refused = match init {
        _ if !class.has(TypeFlags::INLINE_VALUES) => "init not inline values",
        None => "init not python",
        Some(f) if super::simple_function(&f.code.get()).is_err() => "init not simple",
        Some(f) if f.code.get().argcount as usize != nargs + 1 => return Err("wrong number arguments"),
        Some(f) => {
            s.set_cache(1, version);
            class.cached_init.set((f.value(), version));
            return Ok(Opcode::CALL_ALLOC_AND_ENTER_INIT);
        }
    };
    crate::adapt::report(s, Opcode::CALL, Adapted::Noted(refused));
    Ok(Opcode::CALL_NON_PY_GENERAL)
}
