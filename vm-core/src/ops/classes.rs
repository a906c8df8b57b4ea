//! Class statements, annotations and CPython's intrinsics.

use crate::machine::R;
use crate::object::generator::Generator;
use crate::object::list::List;
use crate::object::value::Value;
use crate::op;
use crate::op::{Next, Slow};

op! {
    /// Pushes `builtins.__build_class__`.
    LOAD_BUILD_CLASS (-- build_class) slow |s| {
        let name = s.m.names.build_class;
        let builtins = s.func().builtins;
        let Some(v) = builtins.get_str(s.m, name) else {
            return Err(s.m.name_error("__build_class__ not found"));
        };
        s.push(v);
        Ok(Next::Done)
    }

    /// Ensures that the namespace has `__annotations__`.
    SETUP_ANNOTATIONS (--) slow |s| {
        let (locals, name) = (s.frame().namespace(), s.m.names.annotations);
        let result = s.m.get_item(locals, name.value());
        let class = s.m.exceptions.key_error;
        if s.m.catch(result, class)?.is_none() {
            let fresh = s.m.new_dict();
            s.m.set_item(locals, name.value(), fresh.value())?;
        }
        Ok(Next::Done)
    }

    /// A compiler's intrinsic of one operand.
    CALL_INTRINSIC_1 (value -- result) apart |s| {
        let v = s.top(1);
        let result = intrinsic_1(s, v)?;
        s.set_top(1, result);
        Ok(Next::Done)
    }

    /// A compiler's intrinsic of two operands.
    CALL_INTRINSIC_2 (first, second -- result) apart |s| {
        let (first, second) = (s.top(2), s.top(1));
        let result = match s.oparg {
            1 => s.m.prep_reraise_star(first, second)?,
            2 => s.m.type_var(first, second, Value::NULL)?,
            3 => s.m.type_var(first, Value::NULL, second)?,
            4 => {
                let f = first.cast::<crate::object::function::Function>();
                f.type_params.set(second);
                first
            }
            5 => s.m.set_type_param_default(first, second)?,
            n => return Err(s.m.not_implemented_error(&format!("intrinsic {n} of two operands is not supported"))),
        };
        s.drop(2);
        s.push(result);
        Ok(Next::Done)
    }
}

fn intrinsic_1(s: &mut Slow<'_>, v: Value) -> R<Value> {
    match s.oparg {
        1 => s.m.display_hook(v),
        2 => {
            let locals = s.frame().namespace();
            s.m.import_star(v, locals)?;
            Ok(Value::NONE)
        }
        3 => Ok(stop_iteration_error(s, v)),
        4 => s.m.async_gen_wrap(v),
        5 => s.m.positive(v),
        6 => {
            // SAFETY: the compiler gives a list.
            let items = unsafe { v.cast::<List>() };
            Ok(s.m.new_tuple(items.items()).value())
        }
        7 => s.m.type_var(v, Value::NULL, Value::NULL),
        8 => s.m.param_spec(v),
        9 => s.m.type_var_tuple(v),
        10 => s.m.subscript_generic(v),
        11 => s.m.type_alias(v),
        n => Err(s.m.not_implemented_error(&format!("intrinsic {n} of one operand is not supported"))),
    }
}

/// PEP 479: StopIteration that leaves a generator becomes RuntimeError.
fn stop_iteration_error(s: &mut Slow<'_>, exception: Value) -> Value {
    let ty = s.m.type_of(exception);
    // SAFETY: only generators' code uses this intrinsic, and their frames lie in generators.
    let kind = unsafe { s.m.generator_kind(Generator::of_frame(crate::machine::frame::Frame::of(s.fp))) };
    let what = if ty.is_subtype_of(s.m.exceptions.stop_iteration) {
        "StopIteration"
    } else if kind == "async generator" && ty.is_subtype_of(s.m.exceptions.stop_async_iteration) {
        "StopAsyncIteration"
    } else {
        return exception;
    };
    let text = s.m.str_value(&format!("{kind} raised {what}"));
    let class = s.m.exceptions.runtime_error;
    let error = s.m.new_exception(class, &[text]);
    s.m.set_cause(error, exception);
    s.m.set_context(error, exception);
    error
}
