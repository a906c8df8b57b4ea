//! LOAD_GLOBAL, its specialised forms, and the names of module and class bodies.

use crate::machine::{Machine, R, Raised};
use crate::object::code::Code;
use crate::object::dict::{Dict, Entry};
use crate::object::function::{CellObj, Function};
use crate::object::header::Gc;
use crate::object::string::Str;
use crate::object::value::Value;
use crate::op;
use crate::op::{Cx, Flow, Next, Slow};
use std::ptr::NonNull;

op! {
    /// A global or builtin, by hash look-ups; bit 0 of the argument pushes "no value" after it.
    LOAD_GLOBAL (-- value, null if (oparg & 1)) slow |s| {
        let name = s.name(s.oparg >> 1);
        let value = global(s.m, s.func(), name)?;
        s.push(value);
        if s.oparg & 1 != 0 {
            s.push(Value::NULL);
        }
        Ok(Next::Done)
    }

    /// A global of the function's module, at a known entry.
    LOAD_GLOBAL_MODULE of LOAD_GLOBAL (-- value, null if (oparg & 1)) fast |cx| {
        let globals = (*cx.frame()).func.cast::<Function>().globals;
        if globals.keys_version.get() != cx.cache(2) {
            return cx.slow();
        }
        // Deleting the key would have changed the version.
        pushed(cx, (*globals.entries.get().add(cx.cache(1) as usize)).value)
    }

    /// A builtin at a known entry, that no global hides.
    LOAD_GLOBAL_BUILTIN of LOAD_GLOBAL (-- value, null if (oparg & 1)) fast |cx| {
        let func = (*cx.frame()).func.cast::<Function>();
        if func.globals.keys_version.get() != cx.cache(2) || func.builtins.keys_version.get() != cx.cache(3) {
            return cx.slow();
        }
        pushed(cx, (*func.builtins.entries.get().add(cx.cache(1) as usize)).value)
    }

    /// A name of a module or class body: locals, globals, builtins.
    LOAD_NAME (-- value) fast |cx| {
        if (*cx.vm).finalizers.is_watching() {
            return cx.slow();
        }
        let Some(entry) = bound_here(cx) else { return cx.slow() };
        cx.push((*entry.as_ptr()).value);
        cx.next()
    } slow |s| {
        let value = match known_builtin(s).or_else(|| bound_further(s)) {
            Some(entry) if !s.m.finalizers.is_watching() => entry.as_ref().value,
            _ => name_anywhere(s.m, s.func(), locals(s), frame_code(s), s.oparg)?,
        };
        s.push(value);
        Ok(Next::Done)
    }

    /// The namespace of a module or class body.
    LOAD_LOCALS (-- locals) slow |s| {
        let v = locals(s);
        s.push(v);
        Ok(Next::Done)
    }

    /// A name looked up in a mapping, then as a global.
    LOAD_FROM_DICT_OR_GLOBALS (mapping -- value) apart |s| {
        let (name, mapping) = (s.name(s.oparg), s.top(1));
        let value = match lookup_in(s.m, mapping, name)? {
            Some(v) => v,
            None => global(s.m, s.func(), name)?,
        };
        s.set_top(1, value);
        Ok(Next::Done)
    }

    /// A name looked up in a mapping, then in a cell.
    LOAD_FROM_DICT_OR_DEREF (mapping -- value) apart |s| {
        let (name, mapping) = (s.code().localsplus_names[s.oparg], s.top(1));
        let value = match lookup_in(s.m, mapping, name)? {
            Some(v) => v,
            None => {
                let v = s.local(s.oparg).cast::<CellObj>().contents.get();
                if v.is_null() {
                    return Err(super::locals::unbound_deref(s.m, s.fp, s.oparg));
                }
                v
            }
        };
        s.set_top(1, value);
        Ok(Next::Done)
    }

    /// Binds a name of a module or class body.
    STORE_NAME (value --) fast |cx| {
        let Some(entry) = bound_here(cx) else { return cx.slow() };
        (*cx.vm).finalizers.release();
        (*entry.as_ptr()).value = cx.pop();
        cx.next()
    } slow |s| {
        s.m.finalizers.release();
        match bound_further(s) {
            Some(entry) => (*entry.as_ptr()).value = s.top(1),
            None => {
                bind(s.m, locals(s), s.name(s.oparg), s.top(1))?;
                bound_further(s);
            }
        }
        s.drop(1);
        Ok(Next::Done)
    }

    /// Unbinds a name of a module or class body.
    DELETE_NAME (--) apart |s| {
        s.m.finalizers.release();
        let name = s.name(s.oparg);
        let locals = locals(s);
        let removed = match exact_dict(s.m, locals) {
            Some(d) => d.remove(s.m, name.value())?.is_some(),
            None => {
                let result = s.m.set_item(locals, name.value(), Value::NULL);
                let class = s.m.exceptions.key_error;
                s.m.catch(result, class)?.is_some()
            }
        };
        if removed { Ok(Next::Done) } else { Err(undefined(s.m, name)) }
    }

    /// Binds a global.
    STORE_GLOBAL (value --) slow |s| {
        s.m.finalizers.release();
        let (name, value) = (s.name(s.oparg), s.top(1));
        let globals = s.func().globals;
        globals.insert_str(s.m, name, value);
        s.drop(1);
        Ok(Next::Done)
    }

    /// Unbinds a global.
    DELETE_GLOBAL (--) apart |s| {
        s.m.finalizers.release();
        let name = s.name(s.oparg);
        let globals = s.func().globals;
        if globals.remove(s.m, name.value())?.is_some() { Ok(Next::Done) } else { Err(undefined(s.m, name)) }
    }
}

/// Where the frame's namespace binds the instruction's name, if that is a dict and binds it where it did when it was last looked up.
#[inline(always)]
unsafe fn bound_here(cx: Cx) -> Option<NonNull<Entry>> {
    // SAFETY: verified code names existing names, each of which has a hint once there are any.
    unsafe {
        let frame = cx.frame();
        let namespace = (*frame).plain_namespace()?;
        let code = (*frame).code;
        (*code).name_hints.get()?.get_unchecked(cx.oparg).entry_in(&namespace, *(*code).names.add(cx.oparg))
    }
}

/// As [`bound_here`], wherever it is in the dict; it is there next time.
#[inline(always)]
fn bound_further(s: &Slow<'_>) -> Option<NonNull<Entry>> {
    let (name, namespace) = (s.name(s.oparg), s.frame().plain_namespace()?);
    let entry = namespace.look_quickly(name.value(), name.hash.get()).entry()?;
    s.code().name_hint(s.oparg).bound(&namespace, entry);
    Some(entry)
}

/// Where the instruction's name is in the builtins, if neither they nor the namespace have changed since it was found there.
#[inline(always)]
fn known_builtin(s: &Slow<'_>) -> Option<NonNull<Entry>> {
    let hint = s.code().name_hints.get()?.get(s.oparg)?;
    hint.builtin(&*s.frame().plain_namespace()?, &s.func().builtins, s.name(s.oparg))
}

/// What LOAD_NAME does for a name that is not quickly found.
#[inline(never)]
fn name_anywhere(m: &mut Machine, func: Gc<Function>, locals: Value, code: Gc<Code>, index: usize) -> R<Value> {
    let name = code.names_box[index];
    m.observe()?;
    match lookup_in(m, locals, name)? {
        Some(v) => Ok(v),
        // Of a module body, the locals are the globals: they need not be searched twice.
        None if exact_dict(m, locals) == Some(func.globals) => {
            if let Some(entry) = func.builtins.look_quickly(name.value(), m.hash_str(name)).entry() {
                code.name_hint(index).not_bound(func.globals.keys_version(m), &func.builtins, entry);
            }
            builtin(m, func, name)
        }
        None => global(m, func, name),
    }
}

/// What STORE_NAME does for a name that is not bound yet, or whose namespace is no dict.
#[inline(never)]
fn bind(m: &mut Machine, locals: Value, name: Gc<Str>, value: Value) -> R<()> {
    match exact_dict(m, locals) {
        Some(d) => d.insert_str(m, name, value),
        None => m.set_item(locals, name.value(), value)?,
    }
    Ok(())
}

fn frame_code(s: &Slow<'_>) -> Gc<Code> {
    // SAFETY: a live frame's function keeps its code alive.
    unsafe { Gc::from_raw(s.frame().code.cast_mut()) }
}

fn locals(s: &Slow<'_>) -> Value {
    s.frame().namespace()
}

#[inline(always)]
fn exact_dict(m: &Machine, v: Value) -> Option<Gc<Dict>> {
    // SAFETY: instances of the type have that payload.
    unsafe { v.exactly(m.types.dict) }
}

fn lookup_in(m: &mut Machine, mapping: Value, name: Gc<Str>) -> R<Option<Value>> {
    if let Some(d) = exact_dict(m, mapping) {
        return Ok(d.get_str(m, name));
    }
    let result = m.get_item(mapping, name.value());
    let class = m.exceptions.key_error;
    m.catch(result, class)
}

#[inline(always)]
fn global(m: &mut Machine, func: Gc<Function>, name: Gc<Str>) -> R<Value> {
    if let Some(v) = func.globals.get_str(m, name) {
        return Ok(v);
    }
    builtin(m, func, name)
}

/// None of these functions is given the state of the out-of-line half, whose address is to get nowhere.
#[inline]
fn builtin(m: &mut Machine, func: Gc<Function>, name: Gc<Str>) -> R<Value> {
    match func.builtins.get_str(m, name) {
        Some(v) => Ok(v),
        None => Err(undefined(m, name)),
    }
}

#[cold]
#[inline(never)]
fn undefined(m: &mut Machine, name: Gc<Str>) -> Raised {
    let text = name.to_string_lossy().into_owned();
    m.name_error_for(name, &format!("name '{text}' is not defined"))
}

/// Pushes a global; "no value" is written above it in any case, and kept if it is asked for.
#[inline(always)]
unsafe fn pushed(cx: Cx, value: Value) -> Flow {
    // SAFETY: the compiler reserved the word above the value if the argument's bit 0 is set, and frames have slack above their stack.
    unsafe {
        *cx.sp = value;
        *cx.sp.add(1) = Value::NULL;
        Flow::Next(cx.sp.add((cx.oparg & 1) + 1))
    }
}
