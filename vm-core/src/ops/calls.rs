//! CALL, its specialised forms, CALL_KW and CALL_FUNCTION_EX.

use crate::adapt::miss;
use crate::hints::{kept, kept_word};
use crate::machine::frame::Frame;
use crate::machine::stack::{fill_locals, push_frame};
use crate::machine::{Machine, R};
use crate::native::{Args, Convention, Keywords};
use crate::object::buffer::ValueVec;
use crate::object::dict::Dict;
use crate::object::function::{BoundMethod, Function, MethodDescr, NativeFunction};
use crate::object::header::Gc;
use crate::object::instance::Instance;
use crate::object::list::List;
use crate::object::string::Str;
use crate::object::tuple::Tuple;
use crate::object::typeobj::{Type, TypeFlags};
use crate::object::value::Value;
use crate::op;
use crate::op::{Cx, Flow, Next, Op, Slow, Unit};

op! {
    /// Calls with positional arguments; a Python function's frame is pushed and entered here.
    CALL (callable, self_or_null, args[oparg] -- result) slow |s| {
        let operands = s.oparg + 2;
        let mut callable = s.top(operands);
        let this = s.top(operands - 1);
        // SAFETY: instances of the type have that payload.
        if let Some(func) = unsafe { callable.exactly::<Function>(s.m.types.function) } {
            let count = s.oparg + usize::from(!this.is_null());
            return enter_with_operands(s, func, count, operands);
        }
        s.m.observe_call(callable)?;
        let mut args = s.tops(s.oparg);
        if !this.is_null() {
            args = s.tops(s.oparg + 1);
        } else if let Some(next) = instantiate_here(s, callable, Args::positional(args), operands, CALL::LEN)? {
            return Ok(next);
        } else if let Some(method) = callable.downcast::<BoundMethod>() {
            // The operands' own slots take the method apart, as CPython does.
            callable = method.func;
            s.set_top(operands, callable);
            s.set_top(operands - 1, method.this);
            args = s.tops(s.oparg + 1);
        }
        call(s, callable, Args::positional(args), operands, CALL::LEN)
    }

    /// Calls with keyword arguments, whose names are the tuple on top.
    CALL_KW (callable, self_or_null, args[oparg], names -- result) apart |s| {
        let names = s.top(1).cast::<Tuple>().slice();
        let operands = s.oparg + 3;
        let mut callable = s.top(operands);
        s.m.observe_call(callable)?;
        let this = s.top(operands - 1);
        let mut count = s.oparg;
        let all = s.tops(count + 1);
        let given = Keywords::new(&all[..count], names);
        if !this.is_null() {
            count += 1;
        } else if let Some(next) = instantiate_here(s, callable, Args::with_keywords(&all[..count], &given), operands, CALL_KW::LEN)? {
            return Ok(next);
        } else if let Some(method) = callable.downcast::<BoundMethod>() {
            callable = method.func;
            s.set_top(operands, callable);
            s.set_top(operands - 1, method.this);
            count += 1;
        }
        let all = s.tops(count + 1);
        call(s, callable, Args::with_keywords(&all[..count], &Keywords::new(&all[..count], names)), operands, CALL_KW::LEN)
    }

    /// Calls with `*args`, and with `**kwargs` if bit 0 of the argument is set.
    CALL_FUNCTION_EX (callable, unused, arguments, keywords if (oparg & 1) -- result) apart |s| {
        let with_keywords = s.oparg & 1 != 0;
        let operands = 3 + usize::from(with_keywords);
        let callable = s.top(operands);
        s.m.observe_call(callable)?;
        let at = operands - 2;
        if s.m.type_of(s.top(at)) != s.m.types.tuple {
            let iterable = s.top(at);
            let ty = s.m.type_of(iterable);
            if ty.slot(|t| t.iter).is_none() && ty.slot(|t| t.getitem).is_none() {
                let what = s.m.function_description(callable);
                let name = ty.name_str();
                return Err(s.m.type_error(&format!("{what} argument after * must be an iterable, not {name}")));
            }
            let items = s.m.collect(iterable)?;
            let tuple = s.m.new_tuple(&items);
            s.set_top(at, tuple.value());
        }
        let positional = s.top(at).cast::<Tuple>().slice();
        let keywords = if with_keywords { Some(s.top(1).cast::<Dict>()).filter(|dict| !dict.is_empty()) } else { None };
        if keywords.is_none() && callable.downcast::<Function>().is_some() {
            return call(s, callable, Args::positional(positional), operands, CALL_FUNCTION_EX::LEN);
        }
        // One place more than there are arguments: for the instance that a method is bound to or a class is about to initialise.
        let count = 1 + positional.len() + keywords.map_or(0, |dict| dict.len());
        if count <= FEW {
            let (mut all, mut names) = ([Value::NULL; FEW], [Value::NULL; FEW]);
            let result = call_spread(s, positional, keywords, (&mut all[..count], &mut names), operands);
            std::hint::black_box((&all, &names));
            return result;
        }
        // The arrays stand in this frame of native code until the callee has taken its arguments.
        let (mut all, mut names) = (ValueVec::nulls(s.m, count), ValueVec::nulls(s.m, count));
        let result = call_spread(s, positional, keywords, (&mut all, &mut names), operands);
        std::hint::black_box((&all, &names));
        result
    }

    /// A Python function with exactly its positional parameters.
    CALL_PY_EXACT_ARGS of CALL (callable, self_or_null, args[oparg] -- result) fast |cx| {
        let under = lowest_operand(cx);
        let callable = *under;
        let Some(func) = cx.exact::<Function>(callable, (*cx.vm).types.function) else { return cx.slow() };
        if func.version.get() != cx.cache(1) {
            return cx.slow();
        }
        let args = kept(under.add(usize::from((*under.add(1)).is_null())).add(1));
        enter_exact(cx, func, under, args)
    } slow |s| {
        let callable = s.top(s.oparg + 2);
        let count = s.oparg + usize::from(!s.top(s.oparg + 1).is_null());
        let room = s.m.recursion_left > 0;
        let takes = |f: &Gc<Function>| room && f.version.get() == s.cache(1) && f.code.get().argcount as usize == count;
        let Some(func) = callable.downcast::<Function>().filter(takes) else { return miss() };
        enter(s, func, Args::positional(s.tops(count)), s.oparg + 2, CALL::LEN)
    }

    /// A bound Python method with exactly its positional parameters.
    CALL_BOUND_METHOD_EXACT_ARGS of CALL (callable, null, args[oparg] -- result) fast |cx| {
        let under = lowest_operand(cx);
        let callable = *under;
        if !cx.is_exact(callable, (*cx.vm).types.method) || !(*under.add(1)).is_null() {
            return cx.slow();
        }
        let method = callable.cast::<BoundMethod>();
        let Some(func) = cx.exact::<Function>(method.func, (*cx.vm).types.function) else { return cx.slow() };
        if func.version.get() != cx.cache(1) {
            return cx.slow();
        }
        // The NULL's place takes the first argument; `slow` expects it there only if the frame can be entered.
        let result = enter_exact(cx, func, under, under.add(1));
        if let Flow::Enter(_, _, fp) = result {
            fp.write(method.this);
        }
        result
    } slow |s| {
        let callable = s.top(s.oparg + 2);
        let Some(method) = callable.downcast::<BoundMethod>() else { return miss() };
        let room = s.m.recursion_left > 0;
        let takes = |f: &Gc<Function>| room && f.version.get() == s.cache(1) && f.code.get().argcount as usize == s.oparg + 1;
        let Some(func) = method.func.downcast::<Function>().filter(takes) else { return miss() };
        if !s.top(s.oparg + 1).is_null() {
            return miss();
        }
        s.set_top(s.oparg + 2, method.func);
        s.set_top(s.oparg + 1, method.this);
        enter(s, func, Args::positional(s.tops(s.oparg + 1)), s.oparg + 2, CALL::LEN)
    }

    /// A Python function, arguments bound in general.
    CALL_PY_GENERAL of CALL (callable, self_or_null, args[oparg] -- result) slow |s| {
        let callable = s.top(s.oparg + 2);
        let Some(func) = callable.downcast::<Function>().filter(|f| f.version.get() == s.cache(1)) else { return miss() };
        let count = s.oparg + usize::from(!s.top(s.oparg + 1).is_null());
        enter(s, func, Args::positional(s.tops(count)), s.oparg + 2, CALL::LEN)
    }

    /// A bound Python method, arguments bound in general.
    CALL_BOUND_METHOD_GENERAL of CALL (callable, null, args[oparg] -- result) slow |s| {
        let callable = s.top(s.oparg + 2);
        let Some(method) = callable.downcast::<BoundMethod>() else { return miss() };
        let Some(func) = method.func.downcast::<Function>().filter(|f| f.version.get() == s.cache(1)) else { return miss() };
        if !s.top(s.oparg + 1).is_null() {
            return miss();
        }
        s.set_top(s.oparg + 2, method.func);
        s.set_top(s.oparg + 1, method.this);
        enter(s, func, Args::positional(s.tops(s.oparg + 1)), s.oparg + 2, CALL::LEN)
    }

    /// Anything callable that is neither a Python function nor a bound method.
    CALL_NON_PY_GENERAL of CALL (callable, self_or_null, args[oparg] -- result) slow |s| {
        let callable = s.top(s.oparg + 2);
        if callable.downcast::<Function>().is_some() || callable.downcast::<BoundMethod>().is_some() {
            return miss();
        }
        s.m.observe_call(callable)?;
        let bare = s.top(s.oparg + 1).is_null();
        if bare && let Some(next) = instantiate_here(s, callable, Args::positional(s.tops(s.oparg)), s.oparg + 2, CALL::LEN)? {
            return Ok(next);
        }
        let result = s.m.call_args(callable, Args::positional(s.tops(s.oparg + usize::from(!bare))))?;
        finish(s, result)
    }

    /// `type(x)`.
    CALL_TYPE_1 of CALL (callable, null, arg -- result) fast |cx| {
        if cx.oparg != 1 || !cx.top(2).is_null() || cx.top(3) != (*cx.vm).types.type_.value() {
            return cx.slow();
        }
        let ty = (*cx.vm).type_of(cx.top(1)).value();
        cx.set_top(3, ty);
        Flow::Next(cx.sp.sub(2))
    }

    /// `str(x)`.
    CALL_STR_1 of CALL (callable, null, arg -- result) slow |s| {
        if s.oparg != 1 || !s.top(2).is_null() || s.top(3) != s.m.types.str.value() {
            return miss();
        }
        let v = s.top(1);
        let text = s.m.to_str(v)?;
        finish(s, text.value())
    }

    /// `tuple(x)`.
    CALL_TUPLE_1 of CALL (callable, null, arg -- result) slow |s| {
        if s.oparg != 1 || !s.top(2).is_null() || s.top(3) != s.m.types.tuple.value() {
            return miss();
        }
        let callable = s.top(3);
        let result = s.m.call_args(callable, Args::positional(s.tops(1)))?;
        finish(s, result)
    }

    /// A builtin class.
    CALL_BUILTIN_CLASS of CALL (callable, self_or_null, args[oparg] -- result) slow |s| {
        let callable = s.top(s.oparg + 2);
        if !callable.downcast::<Type>().is_some_and(|t| t.has(TypeFlags::IMMUTABLE)) {
            return miss();
        }
        s.m.observe_call(callable)?;
        let count = s.oparg + usize::from(!s.top(s.oparg + 1).is_null());
        let (class, args) = (callable.cast::<Type>(), Args::positional(s.tops(count)));
        let result = if s.m.type_of(callable) == s.m.types.type_ { s.m.call_type(class, args) } else { s.m.call_args(callable, args) }?;
        finish(s, result)
    }

    /// A Python class whose `__new__` is `object`'s: allocates, and enters the frame of `__init__`.
    CALL_ALLOC_AND_ENTER_INIT of CALL (callable, null, args[oparg] -- instance) slow |s| {
        let callable = s.top(s.oparg + 2);
        let Some(class) = callable.downcast::<Type>().filter(|t| t.version.get() == s.cache(1)) else { return miss() };
        let (init, version) = class.cached_init.get();
        if version != s.cache(1) || !s.top(s.oparg + 1).is_null() || s.m.recursion_left <= 2 {
            return miss();
        }
        let Some(func) = init.downcast::<Function>() else { return miss() };
        let code = func.code.get();
        if !code.simple_args || code.argcount as usize != s.oparg + 1 {
            return miss();
        }
        let instance = s.m.new_instance(class).value();
        // The instance takes the place of "no self": it is the first argument, and stays as the result.
        s.set_top(s.oparg + 1, instance);
        let next = enter(s, func, Args::positional(s.tops(s.oparg + 1)), s.oparg + 2, CALL::LEN)?;
        let caller = Frame::of(s.fp);
        *(*caller).sp = instance;
        (*caller).sp = (*caller).sp.add(1);
        (*Frame::of(s.m.fp)).flags |= Frame::INIT;
        Ok(next)
    }

    /// A builtin function of one argument.
    CALL_BUILTIN_O of CALL (callable, self_or_null, args[oparg] -- result) slow |s| {
        native(s, Convention::O, Some(1))
    }

    /// A builtin function of positional arguments.
    CALL_BUILTIN_FAST of CALL (callable, self_or_null, args[oparg] -- result) slow |s| {
        native(s, Convention::Fast, None)
    }

    /// A builtin function that takes keywords, called without any.
    CALL_BUILTIN_FAST_WITH_KEYWORDS of CALL (callable, self_or_null, args[oparg] -- result) slow |s| {
        native(s, Convention::FastKeywords, None)
    }

    /// `len(x)`.
    CALL_LEN of CALL (callable, null, arg -- length) fast |cx| {
        let arg = cx.top(1);
        if cx.oparg != 1 || !cx.top(2).is_null() || cx.top(3) != (*cx.vm).callables.len {
            return cx.slow();
        }
        let length = if let Some(list) = cx.exact::<List>(arg, (*cx.vm).types.list) {
            list.len()
        } else if let Some(text) = cx.exact::<Str>(arg, (*cx.vm).types.str) {
            text.char_len()
        } else {
            return cx.slow();
        };
        cx.set_top(3, Value::small(length as i64));
        Flow::Next(cx.sp.sub(2))
    } slow |s| {
        let count = s.oparg + usize::from(!s.top(s.oparg + 1).is_null());
        let callable = s.top(s.oparg + 2);
        if count != 1 || callable != s.m.callables.len {
            return miss();
        }
        let v = s.top(1);
        let n = s.m.len(v)?;
        let n = s.m.int_from_usize(n);
        finish(s, n)
    }

    /// `isinstance(x, class)`.
    CALL_ISINSTANCE of CALL (callable, null, object, class -- result) fast |cx| {
        let (object, class) = (cx.top(2), cx.top(1));
        if cx.oparg != 2 || !cx.top(3).is_null() || cx.top(4) != (*cx.vm).callables.isinstance || !class.is_ptr() {
            return cx.slow();
        }
        // It may be no class: then no object is of it.
        let ty = (*cx.vm).type_of(object);
        let found = if ty.value().is(class) {
            true
        } else if cx.is_exact(class, (*cx.vm).types.type_) && ty.has(TypeFlags::OWN_CLASS) {
            ty.has_ancestor(class)
        } else {
            return cx.slow();
        };
        cx.set_top(4, Value::from_bool(found));
        Flow::Next(cx.sp.sub(3))
    } slow |s| {
        let count = s.oparg + usize::from(!s.top(s.oparg + 1).is_null());
        if count != 2 || s.top(s.oparg + 2) != s.m.callables.isinstance {
            return miss();
        }
        let (object, class) = (s.top(2), s.top(1));
        let result = s.m.is_instance(object, class)?;
        finish(s, Value::from_bool(result))
    }

    /// `list.append(x)` as a statement: does the POP_TOP that follows as well.
    CALL_LIST_APPEND of CALL (callable, self, arg --) fast |cx| {
        let (callable, this, arg) = (cx.top(3), cx.top(2), cx.top(1));
        if cx.oparg != 1 || callable != (*cx.vm).callables.list_append {
            return cx.slow();
        }
        let Some(list) = cx.exact::<List>(this, (*cx.vm).types.list) else { return cx.slow() };
        if !list.push_in_place(arg) {
            P::skipped(cx.vm, 1);
            return cx.slow();
        }
        P::skipped(cx.vm, 1);
        Flow::Jump(cx.ip.add(CALL::LEN + 1), cx.sp.sub(3))
    } slow |s| {
        let (callable, this, arg) = (s.top(3), s.top(2), s.top(1));
        let list = s.m.types.list;
        if s.oparg != 1 || callable != s.m.callables.list_append || s.m.type_of(this) != list {
            return miss();
        }
        this.cast::<List>().push(s.m, arg);
        s.drop(3);
        Ok(s.jump(CALL::LEN, 1))
    }

    /// A native method without further arguments.
    CALL_METHOD_DESCRIPTOR_NOARGS of CALL (callable, self_or_null, args[oparg] -- result) slow |s| {
        native_method(s, Convention::NoArgs, Some(1))
    }

    /// A native method of one further argument.
    CALL_METHOD_DESCRIPTOR_O of CALL (callable, self_or_null, args[oparg] -- result) slow |s| {
        native_method(s, Convention::O, Some(2))
    }

    /// A native method of positional arguments.
    CALL_METHOD_DESCRIPTOR_FAST of CALL (callable, self_or_null, args[oparg] -- result) slow |s| {
        native_method(s, Convention::Fast, None)
    }

    /// A native method that takes keywords, called without any.
    CALL_METHOD_DESCRIPTOR_FAST_WITH_KEYWORDS of CALL (callable, self_or_null, args[oparg] -- result) slow |s| {
        native_method(s, Convention::FastKeywords, None)
    }
}

/// Pushes the frame of a function whose parameters are the values from `args` to the top of the stack, if it takes exactly those and they
/// are few, and goes on in it. The caller's stack will end at `under`.
#[inline(always)]
unsafe fn enter_exact(cx: Cx, func: Gc<Function>, under: *mut Value, args: *mut Value) -> Flow {
    // SAFETY: verified code; a function keeps its code alive.
    unsafe {
        // It is noted before it is known whether the function will be entered: what stands in memory needs no register.
        let caller = cx.frame();
        (*caller).sp = under;
        let code = func.code.get().as_ptr();
        if (cx.sp.addr() - args.addr()) as u32 != (*code).small_args {
            return cx.slow();
        }
        match push_exact(cx.vm, cx.fp, cx.ip, func, args) {
            Some((ip, sp, fp)) => Flow::Enter(ip, sp, fp),
            None => cx.slow(),
        }
    }
}

/// Pushes the frame of a function that takes exactly the values at `args`, for the CALL at `ip`: where to go on, and with which pointers;
/// `None` if there is no room.
#[inline(always)]
unsafe fn push_exact(
    vm: *mut Machine,
    caller: *mut Value,
    ip: *mut Unit,
    func: Gc<Function>,
    args: *const Value,
) -> Option<(*mut Unit, *mut Value, *mut Value)> {
    // SAFETY: verified code; a function keeps its code alive.
    unsafe {
        let code = func.code.get().as_ptr();
        let fp = push_frame(vm, caller, func, code);
        if fp.is_null() {
            return None;
        }
        (*Frame::of(caller)).ip = ip.add(CALL::LEN);
        let fp = kept(fp);
        let sp = fp.add((*code).nlocalsplus as usize);
        fill_locals(fp, args, (*code).small_args as usize, sp);
        Some(((*code).units.get(), sp, fp))
    }
}

/// Pushes the frame of a Python function that a CALL is for, the top `count` operands being its arguments, and goes on in it.
#[inline(always)]
fn enter_with_operands(s: &mut Slow<'_>, func: Gc<Function>, count: usize, operands: usize) -> R<Next> {
    let args = s.tops(count);
    // SAFETY: verified code; a function keeps its code alive. The general way says what is wrong if no frame can be pushed.
    unsafe {
        if count * 8 == func.code.get().small_args as usize
            && let Some((ip, sp, fp)) = push_exact(s.m, s.fp, s.ip, func, args.as_ptr())
        {
            (*Frame::of(s.fp)).sp = s.sp.sub(operands);
            return Ok(Next::Enter(ip, sp, fp));
        }
    }
    enter(s, func, Args::positional(args), operands, CALL::LEN)
}

/// Drops a CALL's operands and pushes its result.
#[inline(always)]
fn finish(s: &mut Slow<'_>, result: Value) -> R<Next> {
    let operands = s.oparg + 2;
    s.drop(operands);
    s.push(result);
    Ok(Next::Done)
}

/// Calls a builtin function of that convention, or misses.
#[inline(always)]
fn native(s: &mut Slow<'_>, convention: Convention, exactly: Option<usize>) -> R<Next> {
    let count = s.oparg + usize::from(!s.top(s.oparg + 1).is_null());
    // SAFETY: instances of the type have that payload.
    let f = unsafe { s.top(s.oparg + 2).exactly::<NativeFunction>(s.m.types.builtin_function) };
    let Some(f) = f.filter(|f| f.def.convention == convention && exactly.is_none_or(|n| n == count)) else {
        return miss();
    };
    s.m.observe_call(f.value())?;
    s.m.check_native_stack()?;
    let result = (f.def.func)(s.m, f.this, Args::positional(s.tops(count)))?;
    finish(s, result)
}

/// Calls a native method of that convention on its first argument, or misses.
#[inline(always)]
fn native_method(s: &mut Slow<'_>, convention: Convention, exactly: Option<usize>) -> R<Next> {
    let count = s.oparg + usize::from(!s.top(s.oparg + 1).is_null());
    let callable = s.top(s.oparg + 2);
    // SAFETY: instances of the type have that payload.
    let descriptor = unsafe { callable.exactly::<MethodDescr>(s.m.types.method_descriptor) };
    let args = s.tops(count);
    let fits = |d: &Gc<MethodDescr>| {
        d.def.convention == convention
            && exactly.is_none_or(|n| n == count)
            && args.first().is_some_and(|&this| {
                // SAFETY: every object has a header.
                unsafe { this.exactly::<Instance>(d.owner) }.is_some() || s.m.type_of(this).is_subtype_of(d.owner)
            })
    };
    let Some(d) = descriptor.filter(fits) else {
        return miss();
    };
    s.m.observe_call(callable)?;
    s.m.check_native_stack()?;
    let result = (d.def.func)(s.m, args[0], Args::positional(&args[1..]))?;
    finish(s, result)
}

/// The lowest operand of a CALL.
#[inline(always)]
unsafe fn lowest_operand(cx: Cx) -> *mut Value {
    // SAFETY: verified code.
    unsafe { kept(cx.sp.offset(kept_word((cx.oparg as u64).wrapping_neg()).cast_signed() as isize).sub(2)) }
}

/// Arguments of a call with `*` or `**` that are passed in an array of this size, or else on the heap.
const FEW: usize = 12;

/// Calls what CALL_FUNCTION_EX does, in its frame or in one that is entered. `room` is for the arguments, with one place before them, and
/// for the keywords' names.
#[inline(never)]
fn call_spread(
    s: &mut Slow<'_>,
    positional: &[Value],
    keywords: Option<Gc<Dict>>,
    room: (&mut [Value], &mut [Value]),
    operands: usize,
) -> R<Next> {
    let (all, names) = room;
    let callable = s.top(operands);
    let (first, values) = all[1..].split_at_mut(positional.len());
    first.copy_from_slice(positional);
    let mut given = 0;
    for (key, value) in keywords.iter().flat_map(|dict| dict.iter()) {
        if key.downcast::<Str>().is_none() {
            return Err(s.m.type_error("keywords must be strings"));
        }
        (names[given], values[given]) = (key, value);
        given += 1;
    }
    let named = Keywords::new(all, &names[..given]);
    if let Some(method) = callable.downcast::<BoundMethod>() {
        all[0] = method.this;
        return call(s, method.func, Args::with_keywords(all, &named), operands, CALL_FUNCTION_EX::LEN);
    }
    let place = all.as_mut_ptr();
    let args = Args::with_keywords(&all[1..], &named);
    // SAFETY: the array begins one place before the arguments.
    match unsafe { instantiate(s, callable, args, place, operands, CALL_FUNCTION_EX::LEN)? } {
        Some(next) => Ok(next),
        None => call(s, callable, args, operands, CALL_FUNCTION_EX::LEN),
    }
}

/// If `callable` is a class whose instances a Python function initialises: makes one, and goes on in the frame of its `__init__`, so that
/// no run loop is nested; returning from it leaves the instance.
///
/// # Safety
/// `args` stand right after `place`, which holds no value.
#[inline(always)]
unsafe fn instantiate(
    s: &mut Slow<'_>,
    callable: Value,
    args: Args<'_>,
    place: *mut Value,
    operands: usize,
    len: usize,
) -> R<Option<Next>> {
    // SAFETY: instances of the type have that payload.
    let Some(class) = (unsafe { callable.exactly::<Type>(s.m.types.type_) }) else { return Ok(None) };
    let Some((instance, init)) = s.m.uninitialised(class, args)? else { return Ok(None) };
    // The instance is the first argument, and stays as the result.
    // SAFETY: as the caller promises.
    let args = unsafe {
        place.write(instance);
        args.after_one_more()
    };
    let next = enter(s, init, args, operands, len)?;
    // SAFETY: the caller's frame is live, and had the operands where the instance goes.
    unsafe {
        let caller = Frame::of(s.fp);
        *(*caller).sp = instance;
        (*caller).sp = (*caller).sp.add(1);
        (*Frame::of(s.m.fp)).flags |= Frame::INIT;
    }
    Ok(Some(next))
}

/// As [`instantiate`], for arguments that are operands: the instance takes the place of "no self" before them.
#[inline(always)]
fn instantiate_here(s: &mut Slow<'_>, callable: Value, args: Args<'_>, operands: usize, len: usize) -> R<Option<Next>> {
    // SAFETY: there are so many operands, of which the second holds no value, and the arguments follow it.
    unsafe { instantiate(s, callable, args, s.sp.sub(operands - 1), operands, len) }
}

/// Calls `callable`, dropping `operands` values: enters a Python function's frame, or runs anything else to its end.
#[inline(always)]
pub(super) fn call(s: &mut Slow<'_>, callable: Value, args: Args<'_>, operands: usize, len: usize) -> R<Next> {
    if let Some(func) = callable.downcast::<Function>() {
        return enter(s, func, args, operands, len);
    }
    let result = s.m.call_args(callable, args)?;
    s.drop(operands);
    s.push(result);
    Ok(Next::Done)
}

/// Pushes the frame of a Python function and goes on in it; the caller will continue `len` units on, `operands` values dropped.
#[inline(always)]
pub(super) fn enter(s: &mut Slow<'_>, func: Gc<Function>, args: Args<'_>, operands: usize, len: usize) -> R<Next> {
    s.m.enter_function(func, args)?;
    // SAFETY: the caller's frame is live; its state is saved as it will be after the call.
    unsafe {
        let caller = Frame::of(s.fp);
        (*caller).ip = s.ip.add(len);
        (*caller).sp = s.sp.sub(operands);
    }
    Ok(Next::Frame)
}
