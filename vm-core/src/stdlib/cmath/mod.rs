//! `cmath`: functions of complex numbers, by CPython's formulas, so that results agree to the last bit.

mod functions;
mod special;

use crate::machine::{Machine, R, Raised};
use crate::native::{Args, BindSpec, Convention, MethodDef, ModuleSpec};
use crate::object::value::Value;
use functions::{Outcome, quotient};

/// Real and imaginary part.
pub(super) type Complex = (f64, f64);

macro_rules! unary {
    ($name:literal, $f:expr) => {
        MethodDef::new($name, Convention::O, |m, _, args| {
            let z = m.as_complex(args.pos()[0])?;
            let outcome = $f(z);
            finish(m, outcome)
        })
    };
}

/// `cmath`.
pub(super) static SPEC: ModuleSpec = ModuleSpec {
    name: "cmath",
    functions: &[
        unary!("acos", functions::acos),
        unary!("acosh", functions::acosh),
        unary!("asin", functions::asin),
        unary!("asinh", functions::asinh),
        unary!("atan", functions::atan),
        unary!("atanh", functions::atanh),
        unary!("cos", functions::cos),
        unary!("cosh", functions::cosh),
        unary!("exp", functions::exp),
        MethodDef::new("isclose", Convention::FastKeywords, is_close),
        MethodDef::new("isfinite", Convention::O, |m, _, args| {
            let (re, im) = m.as_complex(args.pos()[0])?;
            Ok(Value::from_bool(re.is_finite() && im.is_finite()))
        }),
        MethodDef::new("isinf", Convention::O, |m, _, args| {
            let (re, im) = m.as_complex(args.pos()[0])?;
            Ok(Value::from_bool(re.is_infinite() || im.is_infinite()))
        }),
        MethodDef::new("isnan", Convention::O, |m, _, args| {
            let (re, im) = m.as_complex(args.pos()[0])?;
            Ok(Value::from_bool(re.is_nan() || im.is_nan()))
        }),
        MethodDef::new("log", Convention::Fast, log),
        unary!("log10", functions::log10),
        MethodDef::new("phase", Convention::O, |m, _, args| {
            let z = m.as_complex(args.pos()[0])?;
            let phi = functions::phase(z);
            // The C library reports an angle that is too small for a float.
            if phi == 0.0 && z.1 != 0.0 && z.0.is_finite() {
                return Err(range(m));
            }
            Ok(m.new_float(phi))
        }),
        MethodDef::new("polar", Convention::O, |m, _, args| {
            let z = m.as_complex(args.pos()[0])?;
            let size = z.0.hypot(z.1);
            if size.is_infinite() && z.0.is_finite() && z.1.is_finite() {
                return Err(range(m));
            }
            let items = [m.new_float(size), m.new_float(functions::phase(z))];
            Ok(m.new_tuple(&items).value())
        }),
        MethodDef::new("rect", Convention::Fast, |m, _, args| {
            let args = args.between(m, "rect", 2, 2)?;
            let (r, phi) = (m.as_f64(args[0])?, m.as_f64(args[1])?);
            finish(m, functions::rect(r, phi))
        }),
        unary!("sin", functions::sin),
        unary!("sinh", functions::sinh),
        unary!("sqrt", |z| Outcome::Value(functions::sqrt(z))),
        unary!("tan", functions::tan),
        unary!("tanh", functions::tanh),
    ],
    init: Some(|m, dict| {
        use std::f64::consts::{E, PI, TAU};
        for (name, f) in [("pi", PI), ("e", E), ("tau", TAU), ("inf", f64::INFINITY), ("nan", f64::NAN)] {
            let v = m.new_float(f);
            m.add_constant(dict, name, v);
        }
        for (name, im) in [("infj", f64::INFINITY), ("nanj", f64::NAN)] {
            let v = m.new_complex(0.0, im);
            m.add_constant(dict, name, v);
        }
        Ok(())
    }),
    doc: "This module provides access to mathematical functions for complex\nnumbers.",
};

fn domain(m: &mut Machine) -> Raised {
    m.value_error("math domain error")
}

fn range(m: &mut Machine) -> Raised {
    m.overflow_error("math range error")
}

fn finish(m: &mut Machine, outcome: Outcome) -> R<Value> {
    match outcome {
        Outcome::Value((re, im)) => Ok(m.new_complex(re, im)),
        Outcome::Domain => Err(domain(m)),
        Outcome::Range => Err(range(m)),
    }
}

fn log(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let args = args.between(m, "log", 1, 2)?;
    let z = m.as_complex(args[0])?;
    let top = functions::log(z);
    let Some(&base) = args.get(1) else { return finish(m, top) };
    let base = m.as_complex(base)?;
    let bottom = functions::log(base);
    // CPython looks at errno once, after both logarithms and the division.
    match (top, bottom) {
        (_, Outcome::Domain) => Err(domain(m)),
        (Outcome::Value(x), Outcome::Value(y)) => match quotient(x, y) {
            Some((re, im)) => Ok(m.new_complex(re, im)),
            None => Err(domain(m)),
        },
        (Outcome::Domain, Outcome::Value(y)) => {
            // The second logarithm has cleared what the first reported.
            match quotient(functions::log_of_zero(z), y) {
                Some((re, im)) => Ok(m.new_complex(re, im)),
                None => Err(domain(m)),
            }
        }
        _ => Err(range(m)),
    }
}

fn is_close(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let spec = BindSpec { positional_only: 0, required: 2, max_positional: 2 };
    let [a, b, relative, absolute] = args.bind(m, "isclose", ["a", "b", "rel_tol", "abs_tol"], spec)?;
    let (a, b) = (m.as_complex(a)?, m.as_complex(b)?);
    let relative = if relative.is_null() { 1e-9 } else { m.as_f64(relative)? };
    let absolute = if absolute.is_null() { 0.0 } else { m.as_f64(absolute)? };
    if relative < 0.0 || absolute < 0.0 {
        return Err(m.value_error("tolerances must be non-negative"));
    }
    if a == b {
        return Ok(Value::TRUE);
    }
    if [a.0, a.1, b.0, b.1].iter().any(|x| x.is_infinite()) {
        return Ok(Value::FALSE);
    }
    let size = |z: Complex| z.0.hypot(z.1);
    let difference = size((a.0 - b.0, a.1 - b.1));
    Ok(Value::from_bool(difference <= relative * size(b) || difference <= relative * size(a) || difference <= absolute))
}
