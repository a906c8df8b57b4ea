//! `async_generator`: a generator whose methods make awaitables. The awaitables are in `async_await.rs`.

use super::function::{BoundMethod, Function};
use super::generator::{GenState, Generator};
use super::generator_type as gen_type;
use super::header::Payload;
use super::slots::Slots;
use super::string::Str;
use super::typeobj::TypeFlags;
use super::value::Value;
use crate::machine::{Machine, R};
use crate::native::{Args, Convention, GetSetDef, MethodDef, TypeSpec};

/// Bit of [`Generator::async_flags`]: one of its awaitables is being run.
pub(super) const RUNNING: u8 = 1;
/// Bit of [`Generator::async_flags`]: it has ended or was asked to.
pub(super) const CLOSED: u8 = 2;
/// Bit of [`Generator::async_flags`]: the hooks of `sys.set_asyncgen_hooks` know of it, or there were none.
const HOOKED: u8 = 4;

/// `async_generator`.
pub static SPEC: TypeSpec = TypeSpec {
    flags: TypeFlags::HAS_WEAKREF,
    slots: Slots { repr: Some(gen_type::repr), aiter: Some(|_, v| Ok(v)), anext: Some(anext), finalize: Some(finalize), ..Slots::EMPTY },
    methods: &[
        MethodDef::new("asend", Convention::O, asend),
        MethodDef::new("athrow", Convention::VarArgs, athrow),
        MethodDef::new("aclose", Convention::NoArgs, aclose),
        MethodDef::class("__class_getitem__", Convention::O, gen_type::class_getitem),
    ],
    getset: &[
        GetSetDef { name: "ag_frame", get: gen_type::frame, set: None },
        GetSetDef { name: "ag_running", get: running, set: None },
        GetSetDef { name: "ag_suspended", get: gen_type::suspended, set: None },
        GetSetDef { name: "ag_code", get: gen_type::code, set: None },
        GetSetDef { name: "ag_await", get: gen_type::delegate, set: None },
        GetSetDef { name: "__name__", get: gen_type::get_name, set: Some(gen_type::set_name) },
        GetSetDef { name: "__qualname__", get: gen_type::get_qualname, set: Some(gen_type::set_qualname) },
    ],
    ..TypeSpec::new("async_generator", Generator::LAYOUT)
};

/// To be called before the generator is first iterated: keeps the finalizer hook for its end, and calls the other
/// (`async_gen_init_hooks`).
fn init_hooks(m: &mut Machine, v: Value) -> R<()> {
    let g = gen_type::generator(m, v)?;
    if g.async_flags.get() & HOOKED != 0 {
        return Ok(());
    }
    g.async_flags.set(g.async_flags.get() | HOOKED);
    let [first, last] = m.lib.asyncgen_hooks;
    if !last.is_null() {
        g.extra.set(last);
        // A generator with something to clean up has been registered. What asyncio does with others nobody sees.
        if !g.code.has_cleanup() && !is_of_asyncio(last) {
            m.register_finalizer(v);
        }
    }
    if !first.is_null() {
        m.call(first, &[v])?;
    }
    Ok(())
}

/// Whether a hook is a method that `asyncio` defines.
fn is_of_asyncio(hook: Value) -> bool {
    let function = hook.downcast::<BoundMethod>().and_then(|method| method.func.downcast::<Function>());
    function.and_then(|f| f.module.get().downcast::<Str>()).is_some_and(|module| module.bytes() == b"asyncio.base_events")
}

/// At its end the hook closes it, who may have to wait for that; without a hook it is closed here.
fn finalize(m: &mut Machine, v: Value) -> R<()> {
    if let Some(g) = v.downcast::<Generator>()
        && g.state.get() != GenState::Finished
        && g.async_flags.get() & CLOSED == 0
        && let Some(hook) = g.extra.get().non_null()
    {
        return m.call(hook, &[v]).map(|_| ());
    }
    crate::machine::finalize::close_generator(m, v)
}

fn anext(m: &mut Machine, v: Value) -> R<Value> {
    init_hooks(m, v)?;
    let class = m.types.async_gen_asend;
    Ok(m.new_await(class, v, Value::NONE))
}

fn asend(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    init_hooks(m, v)?;
    let class = m.types.async_gen_asend;
    Ok(m.new_await(class, v, args.pos()[0]))
}

fn athrow(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    gen_type::warn_of_three(m, "athrow", args.pos())?;
    init_hooks(m, v)?;
    let class = m.types.async_gen_athrow;
    let args = m.new_tuple(args.pos()).value();
    Ok(m.new_await(class, v, args))
}

fn aclose(m: &mut Machine, v: Value, _: Args<'_>) -> R<Value> {
    init_hooks(m, v)?;
    let class = m.types.async_gen_athrow;
    Ok(m.new_await(class, v, Value::NULL))
}

fn running(m: &mut Machine, v: Value) -> R<Value> {
    Ok(Value::from_bool(gen_type::generator(m, v)?.async_flags.get() & RUNNING != 0))
}
