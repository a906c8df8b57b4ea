//! `math`: the table of its functions, and those that map floats to floats through the C library, as CPython's do.

mod gamma;
mod integers;
mod parts;
mod sums;

use crate::machine::{Machine, R, Raised};
use crate::native::{Args, Convention, MethodDef, ModuleSpec};
use crate::object::int::IntRef;
use crate::object::value::Value;

/// `math`.
pub(super) static SPEC: ModuleSpec = ModuleSpec {
    name: "math",
    functions: FUNCTIONS,
    init: Some(|m, dict| {
        use std::f64::consts::{E, PI, TAU};
        for (name, f) in [("pi", PI), ("e", E), ("tau", TAU), ("inf", f64::INFINITY), ("nan", f64::NAN)] {
            let (key, v) = (m.intern(name), m.new_float(f));
            dict.insert_str(m, key, v);
        }
        Ok(())
    }),
    doc: "This module provides access to the mathematical functions\ndefined by the C standard.",
};

pub(super) fn domain(m: &mut Machine) -> Raised {
    m.value_error("math domain error")
}

pub(super) fn range(m: &mut Machine) -> Raised {
    m.overflow_error("math range error")
}

pub(super) fn number(m: &mut Machine, args: Args<'_>, i: usize) -> R<f64> {
    m.as_f64(args.pos()[i])
}

/// A function of one float; `can_overflow` tells an infinite result of a finite argument apart from a pole.
fn apply(m: &mut Machine, args: Args<'_>, f: fn(f64) -> f64, can_overflow: bool) -> R<Value> {
    let x = number(m, args, 0)?;
    let r = f(x);
    if r.is_nan() && !x.is_nan() {
        return Err(domain(m));
    }
    if r.is_infinite() && x.is_finite() {
        return Err(if can_overflow { range(m) } else { domain(m) });
    }
    Ok(m.new_float(r))
}

macro_rules! unary {
    ($name:literal, $f:expr) => {
        MethodDef::new($name, Convention::O, |m, _, args| apply(m, args, $f, false))
    };
    ($name:literal, $f:expr, overflow) => {
        MethodDef::new($name, Convention::O, |m, _, args| apply(m, args, $f, true))
    };
}

unsafe extern "C" {
    safe fn erf(x: f64) -> f64;
    safe fn erfc(x: f64) -> f64;
    safe fn asinh(x: f64) -> f64;
    safe fn acosh(x: f64) -> f64;
    safe fn atanh(x: f64) -> f64;
    safe fn nextafter(x: f64, y: f64) -> f64;
    fn dlsym(library: *const std::ffi::c_void, name: *const std::ffi::c_char) -> *const std::ffi::c_void;
}

/// The C library's `cbrt`, whose last bit is CPython's: a program's own `cbrt` is that of Rust's runtime.
fn cbrt(x: f64) -> f64 {
    type Cbrt = extern "C" fn(f64) -> f64;
    /// Search the libraries after the program itself (`RTLD_NEXT`).
    const NEXT: *const std::ffi::c_void = std::ptr::without_provenance(usize::MAX);
    static FOUND: std::sync::OnceLock<Option<Cbrt>> = std::sync::OnceLock::new();
    let found = FOUND.get_or_init(|| {
        // SAFETY: the name is a C string; a symbol of that name is C's function of that type.
        unsafe {
            let symbol = dlsym(NEXT, c"cbrt".as_ptr());
            if symbol.is_null() { None } else { Some(std::mem::transmute::<*const std::ffi::c_void, Cbrt>(symbol)) }
        }
    });
    found.map_or_else(|| x.cbrt(), |f| f(x))
}

static FUNCTIONS: &[MethodDef] = &[
    unary!("acos", f64::acos),
    unary!("acosh", |x| acosh(x)),
    unary!("asin", f64::asin),
    unary!("asinh", |x| asinh(x)),
    unary!("atan", f64::atan),
    unary!("atanh", |x| atanh(x)),
    unary!("cbrt", cbrt),
    unary!("cos", f64::cos),
    unary!("cosh", f64::cosh, overflow),
    unary!("erf", |x| erf(x)),
    unary!("erfc", |x| erfc(x)),
    unary!("exp", f64::exp, overflow),
    unary!("exp2", f64::exp2, overflow),
    unary!("expm1", f64::exp_m1, overflow),
    unary!("fabs", f64::abs),
    unary!("log1p", f64::ln_1p),
    unary!("sin", f64::sin),
    unary!("sinh", f64::sinh, overflow),
    unary!("sqrt", f64::sqrt),
    unary!("tan", f64::tan),
    unary!("tanh", f64::tanh),
    MethodDef::new("gamma", Convention::O, gamma::gamma),
    MethodDef::new("lgamma", Convention::O, gamma::lgamma),
    MethodDef::new("degrees", Convention::O, |m, _, args| {
        let x = number(m, args, 0)?;
        Ok(m.new_float(x * (180.0 / std::f64::consts::PI)))
    }),
    MethodDef::new("radians", Convention::O, |m, _, args| {
        let x = number(m, args, 0)?;
        Ok(m.new_float(x * (std::f64::consts::PI / 180.0)))
    }),
    MethodDef::new("log", Convention::Fast, log),
    MethodDef::new("log2", Convention::O, |m, _, args| {
        let r = logarithm(m, args.pos()[0], f64::log2)?;
        Ok(m.new_float(r))
    }),
    MethodDef::new("log10", Convention::O, |m, _, args| {
        let r = logarithm(m, args.pos()[0], f64::log10)?;
        Ok(m.new_float(r))
    }),
    MethodDef::new("pow", Convention::Fast, parts::pow),
    MethodDef::new("fmod", Convention::Fast, parts::fmod),
    MethodDef::new("remainder", Convention::Fast, parts::remainder),
    MethodDef::new("atan2", Convention::Fast, |m, _, args| {
        args.between(m, "atan2", 2, 2)?;
        let (y, x) = (number(m, args, 0)?, number(m, args, 1)?);
        Ok(m.new_float(y.atan2(x)))
    }),
    MethodDef::new("copysign", Convention::Fast, |m, _, args| {
        args.between(m, "copysign", 2, 2)?;
        let (x, y) = (number(m, args, 0)?, number(m, args, 1)?);
        Ok(m.new_float(x.copysign(y)))
    }),
    MethodDef::new("fma", Convention::Fast, parts::fma),
    MethodDef::new("frexp", Convention::O, parts::frexp),
    MethodDef::new("ldexp", Convention::Fast, parts::ldexp),
    MethodDef::new("modf", Convention::O, parts::modf),
    MethodDef::new("nextafter", Convention::FastKeywords, parts::nextafter_steps),
    MethodDef::new("ulp", Convention::O, parts::ulp),
    MethodDef::new("floor", Convention::O, parts::floor),
    MethodDef::new("ceil", Convention::O, parts::ceil),
    MethodDef::new("trunc", Convention::O, parts::trunc),
    MethodDef::new("isclose", Convention::FastKeywords, parts::isclose),
    MethodDef::new("isfinite", Convention::O, |m, _, args| Ok(Value::from_bool(number(m, args, 0)?.is_finite()))),
    MethodDef::new("isinf", Convention::O, |m, _, args| Ok(Value::from_bool(number(m, args, 0)?.is_infinite()))),
    MethodDef::new("isnan", Convention::O, |m, _, args| Ok(Value::from_bool(number(m, args, 0)?.is_nan()))),
    MethodDef::new("comb", Convention::Fast, integers::comb),
    MethodDef::new("perm", Convention::Fast, integers::perm),
    MethodDef::new("factorial", Convention::O, integers::factorial),
    MethodDef::new("gcd", Convention::Fast, integers::gcd),
    MethodDef::new("lcm", Convention::Fast, integers::lcm),
    MethodDef::new("isqrt", Convention::O, integers::isqrt),
    MethodDef::new("fsum", Convention::O, sums::fsum),
    MethodDef::new("prod", Convention::FastKeywords, sums::prod),
    MethodDef::new("sumprod", Convention::Fast, sums::sumprod),
    MethodDef::new("hypot", Convention::Fast, sums::hypot),
    MethodDef::new("dist", Convention::Fast, sums::dist),
];

/// A logarithm; integers too large for a float are scaled first.
fn logarithm(m: &mut Machine, v: Value, f: fn(f64) -> f64) -> R<f64> {
    if m.is_int_instance(v)
        && let Some(int) = IntRef::of(v)
    {
        if int.is_negative() || int.is_zero() {
            return Err(domain(m));
        }
        let big = int.big();
        let bits = big.bits();
        if bits > 1024 {
            let (x, e) = parts::scaled(&big);
            return Ok(f(x) + f(2.0) * e as f64);
        }
    }
    let x = m.as_f64(v)?;
    if x.is_nan() || x == f64::INFINITY {
        return Ok(x);
    }
    if x <= 0.0 {
        return Err(domain(m));
    }
    Ok(f(x))
}

fn log(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let args = args.between(m, "log", 1, 2)?;
    let top = logarithm(m, args[0], f64::ln)?;
    let Some(&base) = args.get(1) else { return Ok(m.new_float(top)) };
    let bottom = logarithm(m, base, f64::ln)?;
    if bottom == 0.0 {
        return Err(m.zero_division_error("float division by zero"));
    }
    Ok(m.new_float(top / bottom))
}
