//! `TypeVar`, `ParamSpec` and `TypeVarTuple`, made by PEP 695 syntax or by calling their classes. Bounds, constraints and defaults may be
//! functions that run when they are first asked for. What `typing` defines in Python (unions, substitution) is asked of it. Aliases
//! and `Generic` are in `type_alias.rs`.

use super::header::{Gc, Header, Layout, LayoutId, Payload, layout_of};
use super::slots::{Compare, Slots};
use super::string::Str;
use super::tuple::Tuple;
use super::typeobj::{Type, TypeFlags};
use super::value::Value;
use crate::heap::Marker;
use crate::machine::{Machine, R};
use crate::native::{Args, BindSpec, Convention, GetSetDef, MethodDef, TypeSpec};
use std::cell::Cell;
use std::mem::offset_of;

/// A value that may still have to be computed.
#[derive(Default)]
pub(super) struct Lazy {
    compute: Cell<Option<Value>>,
    value: Cell<Option<Value>>,
}

impl Lazy {
    /// What a function computes; nothing for `NULL`.
    pub(super) fn of(compute: Value) -> Lazy {
        Lazy { compute: Cell::new(compute.non_null()), value: Cell::new(None) }
    }

    /// A value that is there; nothing for `NULL`.
    pub(super) fn known(value: Value) -> Lazy {
        Lazy { compute: Cell::new(None), value: Cell::new(value.non_null()) }
    }

    /// The value; `None` if there is none.
    pub(super) fn get(&self, m: &mut Machine) -> R<Option<Value>> {
        if self.value.get().is_some() {
            return Ok(self.value.get());
        }
        let Some(f) = self.compute.get() else { return Ok(None) };
        let v = m.call(f, &[])?;
        self.value.set(Some(v));
        Ok(Some(v))
    }

    /// The function, if there is one.
    pub(super) fn function(&self) -> Option<Value> {
        self.compute.get()
    }

    /// Marks what it holds.
    pub(super) fn trace(&self, m: &mut Marker<'_>) {
        for v in [self.compute.get(), self.value.get()].into_iter().flatten() {
            m.mark(v);
        }
    }
}

/// How a parameter may vary.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Variance {
    Invariant,
    Covariant,
    Contravariant,
    Inferred,
}

/// A type parameter.
#[repr(C)]
pub struct TypeParam {
    /// Its type.
    pub header: Header,
    name: Value,
    bound: Lazy,
    constraints: Lazy,
    default: Lazy,
    variance: Variance,
    /// `__dict__`, or `NULL`.
    dict: Cell<Value>,
}

// SAFETY: repr(C), header first; traces its references.
unsafe impl Payload for TypeParam {
    const LAYOUT: &'static Layout = &layout_of::<TypeParam>(LayoutId::TypeVar);
    fn trace(&self, m: &mut Marker<'_>) {
        m.mark(self.name);
        m.mark(self.dict.get());
        for lazy in [&self.bound, &self.constraints, &self.default] {
            lazy.trace(m);
        }
    }
}

const NAME: GetSetDef = GetSetDef { name: "__name__", get: |_, v| Ok(this(v).name), set: None };
const DEFAULT: GetSetDef = GetSetDef { name: "__default__", get: default, set: None };
const BOUND: GetSetDef = GetSetDef { name: "__bound__", get: |m, v| Ok(this(v).bound.get(m)?.unwrap_or(Value::NONE)), set: None };
const COVARIANT: GetSetDef =
    GetSetDef { name: "__covariant__", get: |_, v| Ok(Value::from_bool(this(v).variance == Variance::Covariant)), set: None };
const CONTRAVARIANT: GetSetDef =
    GetSetDef { name: "__contravariant__", get: |_, v| Ok(Value::from_bool(this(v).variance == Variance::Contravariant)), set: None };
const INFERRED: GetSetDef =
    GetSetDef { name: "__infer_variance__", get: |_, v| Ok(Value::from_bool(this(v).variance == Variance::Inferred)), set: None };
const REDUCE: MethodDef = MethodDef::new("__reduce__", Convention::NoArgs, |_, v, _| Ok(this(v).name));
const HAS_DEFAULT: MethodDef = MethodDef::new("has_default", Convention::NoArgs, |m, v, _| {
    let p = this(v);
    let absent = p.default.function().is_none() && p.default.value.get().is_none_or(|d| m.type_of(d) == m.types.no_default);
    Ok(Value::from_bool(!absent))
});
const MRO_ENTRIES: MethodDef = MethodDef::new("__mro_entries__", Convention::O, |m, v, _| {
    let class = m.type_of(v);
    let name = class.name_str().rsplit('.').next().unwrap_or_default().to_owned();
    Err(m.type_error(&format!("Cannot subclass an instance of {name}")))
});
const SLOTS: Slots = Slots { repr: Some(repr), or: Some(make_union), ..Slots::EMPTY };

/// `typing.TypeVar`.
pub static TYPE_VAR: TypeSpec = TypeSpec {
    flags: TypeFlags::HAS_WEAKREF,
    dict_offset: offset_of!(TypeParam, dict),
    slots: Slots { new: Some(new_type_var), ..SLOTS },
    methods: &[
        HAS_DEFAULT,
        REDUCE,
        MRO_ENTRIES,
        MethodDef::new("__typing_subst__", Convention::O, |m, v, args| m.call_typing("_typevar_subst", &[v, args.pos()[0]])),
        MethodDef::new("__typing_prepare_subst__", Convention::Fast, prepare_type_var),
    ],
    getset: &[
        NAME,
        DEFAULT,
        BOUND,
        COVARIANT,
        CONTRAVARIANT,
        INFERRED,
        GetSetDef { name: "__constraints__", get: constraints, set: None },
        super::object_type::DICT_CONST,
    ],
    doc: "Type variable.",
    ..TypeSpec::new("typing.TypeVar", TypeParam::LAYOUT)
};

/// `typing.ParamSpec`.
pub static PARAM_SPEC: TypeSpec = TypeSpec {
    flags: TypeFlags::HAS_WEAKREF,
    dict_offset: offset_of!(TypeParam, dict),
    slots: Slots { new: Some(new_param_spec), ..SLOTS },
    methods: &[
        HAS_DEFAULT,
        REDUCE,
        MRO_ENTRIES,
        MethodDef::new("__typing_subst__", Convention::O, |m, v, args| m.call_typing("_paramspec_subst", &[v, args.pos()[0]])),
        MethodDef::new("__typing_prepare_subst__", Convention::Fast, |m, v, args| {
            let args = args.between(m, "__typing_prepare_subst__", 2, 2)?;
            m.call_typing("_paramspec_prepare_subst", &[v, args[0], args[1]])
        }),
    ],
    getset: &[
        NAME,
        DEFAULT,
        BOUND,
        COVARIANT,
        CONTRAVARIANT,
        INFERRED,
        GetSetDef { name: "args", get: |m, v| Ok(part(m, v, &PARAM_SPEC_ARGS)), set: None },
        GetSetDef { name: "kwargs", get: |m, v| Ok(part(m, v, &PARAM_SPEC_KWARGS)), set: None },
        super::object_type::DICT_CONST,
    ],
    doc: "Parameter specification variable.",
    ..TypeSpec::new("typing.ParamSpec", TypeParam::LAYOUT)
};

/// `typing.TypeVarTuple`.
pub static TYPE_VAR_TUPLE: TypeSpec =
    TypeSpec {
        flags: TypeFlags::HAS_WEAKREF,
        dict_offset: offset_of!(TypeParam, dict),
        slots: Slots { iter: Some(unpacked), new: Some(new_type_var_tuple), repr: Some(|_, v| Ok(this(v).name)), ..Slots::EMPTY },
        methods: &[
            HAS_DEFAULT,
            REDUCE,
            MRO_ENTRIES,
            MethodDef::new("__typing_subst__", Convention::O, |m, _, _| {
                Err(m.type_error("Substitution of bare TypeVarTuple is not supported"))
            }),
            MethodDef::new("__typing_prepare_subst__", Convention::Fast, |m, v, args| {
                let args = args.between(m, "__typing_prepare_subst__", 2, 2)?;
                m.call_typing("_typevartuple_prepare_subst", &[v, args[0], args[1]])
            }),
        ],
        getset: &[NAME, DEFAULT, super::object_type::DICT_CONST],
        doc: "Type variable tuple.",
        ..TypeSpec::new("typing.TypeVarTuple", TypeParam::LAYOUT)
    };

/// `P.args` or `P.kwargs`.
#[repr(C)]
struct ParamSpecPart {
    header: Header,
    origin: Value,
}

// SAFETY: repr(C), header first; traces its reference.
unsafe impl Payload for ParamSpecPart {
    const LAYOUT: &'static Layout = &layout_of::<ParamSpecPart>(LayoutId::Other);
    fn trace(&self, m: &mut Marker<'_>) {
        m.mark(self.origin);
    }
}

const PART_SLOTS: Slots = Slots { repr: Some(part_repr), richcompare: Some(part_compare), ..Slots::EMPTY };
const ORIGIN: GetSetDef = GetSetDef { name: "__origin__", get: |_, v| Ok(part_of(v).origin), set: None };

/// `typing.ParamSpecArgs`.
pub(crate) static PARAM_SPEC_ARGS: TypeSpec = TypeSpec {
    flags: TypeFlags::HAS_WEAKREF,
    slots: Slots { new: Some(|m, ty, args| new_part(m, ty, args, "ParamSpecArgs")), ..PART_SLOTS },
    methods: &[MRO_ENTRIES],
    getset: &[ORIGIN],
    doc: "The args for a ParamSpec object.",
    ..TypeSpec::new("typing.ParamSpecArgs", ParamSpecPart::LAYOUT)
};

/// `typing.ParamSpecKwargs`.
pub(crate) static PARAM_SPEC_KWARGS: TypeSpec = TypeSpec {
    flags: TypeFlags::HAS_WEAKREF,
    slots: Slots { new: Some(|m, ty, args| new_part(m, ty, args, "ParamSpecKwargs")), ..PART_SLOTS },
    methods: &[MRO_ENTRIES],
    getset: &[ORIGIN],
    doc: "The kwargs for a ParamSpec object.",
    ..TypeSpec::new("typing.ParamSpecKwargs", ParamSpecPart::LAYOUT)
};

fn this(v: Value) -> Gc<TypeParam> {
    // SAFETY: slots, methods and attributes of a type are called with its instances only.
    unsafe { v.cast() }
}

fn part_of(v: Value) -> Gc<ParamSpecPart> {
    // SAFETY: as in `this`.
    unsafe { v.cast() }
}

fn part(m: &mut Machine, v: Value, spec: &'static TypeSpec) -> Value {
    let header = Header::new(m.native_type(spec));
    m.new_object(ParamSpecPart { header, origin: v }).value()
}

fn new_part(m: &mut Machine, ty: Gc<Type>, args: Args<'_>, name: &str) -> R<Value> {
    let [origin] = args.bind(m, name, ["origin"], BindSpec { positional_only: 0, required: 1, max_positional: 1 })?;
    Ok(m.new_object(ParamSpecPart { header: Header::new(ty), origin }).value())
}

fn part_repr(m: &mut Machine, v: Value) -> R<Value> {
    let what = if m.type_of(v) == m.native_type(&PARAM_SPEC_ARGS) { "args" } else { "kwargs" };
    let origin = part_of(v).origin;
    let shown = match origin.downcast::<TypeParam>() {
        Some(p) => m.to_str(p.name)?,
        None => m.repr(origin)?,
    };
    let text = format!("{}.{what}", shown.to_string_lossy());
    Ok(m.str_value(&text))
}

fn part_compare(m: &mut Machine, a: Value, b: Value, op: Compare) -> R<Value> {
    if m.type_of(a) != m.type_of(b) || !matches!(op, Compare::Eq | Compare::Ne) {
        return Ok(Value::NOT_IMPLEMENTED);
    }
    m.compare(part_of(a).origin, part_of(b).origin, op)
}

fn repr(m: &mut Machine, v: Value) -> R<Value> {
    let p = this(v);
    let sign = match p.variance {
        Variance::Inferred => return Ok(p.name),
        Variance::Invariant => '~',
        Variance::Covariant => '+',
        Variance::Contravariant => '-',
    };
    let text = format!("{sign}{}", m.to_str(p.name)?.to_string_lossy());
    Ok(m.str_value(&text))
}

fn make_union(m: &mut Machine, a: Value, b: Value) -> R<Value> {
    m.call_typing("_make_union", &[a, b])
}

/// The only value of `NoDefaultType`.
pub(crate) fn no_default(m: &mut Machine) -> Value {
    if m.lib.no_default.is_null() {
        let class = m.types.no_default;
        m.lib.no_default = m.new_instance(class).value();
    }
    m.lib.no_default
}

fn default(m: &mut Machine, v: Value) -> R<Value> {
    match this(v).default.get(m)? {
        Some(v) => Ok(v),
        None => Ok(no_default(m)),
    }
}

fn constraints(m: &mut Machine, v: Value) -> R<Value> {
    match this(v).constraints.get(m)? {
        Some(v) => Ok(v),
        None => Ok(m.new_tuple(&[]).value()),
    }
}

/// `*Ts`: one item, which stands for all the arguments.
fn unpacked(m: &mut Machine, v: Value) -> R<Value> {
    let item = m.unpack_type_var_tuple(v)?;
    let items = m.new_tuple(&[item]).value();
    m.iter(items)
}

fn prepare_type_var(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    let &[alias, args] = args.between(m, "__typing_prepare_subst__", 2, 2)? else { return Ok(Value::NONE) };
    let name = m.intern("__parameters__");
    let parameters = m.get_attr(alias, name)?;
    let parameters = m.collect(parameters)?;
    let Some(at) = parameters.iter().position(|p| p.is(v)) else {
        return Err(m.value_error("tuple.index(x): x not in tuple"));
    };
    let given = m.len(args)?;
    if at < given {
        return Ok(args);
    }
    if at == given {
        let value = default(m, v)?;
        if !value.is(no_default(m)) {
            let more = m.new_tuple(&[value]).value();
            return m.binary(super::protocol::BinaryOp::Add, args, more);
        }
    }
    let shown = m.to_str(alias)?.to_string_lossy().into_owned();
    Err(m.type_error(&format!("Too few arguments for {shown}; actual {given}, expected at least {}", at + 1)))
}

/// Keyword arguments of a constructor.
struct Options {
    name: Value,
    /// A type, or `NULL`.
    bound: Value,
    default: Value,
    variance: Variance,
}

fn options(m: &mut Machine, class: &str, args: Args<'_>, allowed: &[&str]) -> R<Options> {
    let mut given = [args.pos().first().copied().unwrap_or(Value::NULL), Value::NULL, Value::NULL];
    let mut flags = [false; 3];
    for (key, value) in args.keywords() {
        let text = key.as_static_str();
        match text {
            "name" if given[0].is_null() => given[0] = value,
            _ if !allowed.contains(&text) => {
                return Err(m.type_error(&format!("{class}() got an unexpected keyword argument '{text}'")));
            }
            "bound" => given[1] = value,
            "default" => given[2] = value,
            "covariant" => flags[0] = m.truthy(value)?,
            "contravariant" => flags[1] = m.truthy(value)?,
            _ => flags[2] = m.truthy(value)?,
        }
    }
    let [name, bound, default] = given;
    if name.is_null() {
        return Err(m.type_error(&format!("{class}() missing required argument 'name' (pos 1)")));
    }
    if name.downcast::<Str>().is_none() {
        let got = m.type_name(name);
        return Err(m.type_error(&format!("{class}() argument 'name' must be str, not {got}")));
    }
    let variance = match flags {
        [true, true, _] => return Err(m.value_error("Bivariant types are not supported.")),
        [a, b, true] if a || b => return Err(m.value_error("Variance cannot be specified with infer_variance.")),
        [_, _, true] => Variance::Inferred,
        [true, ..] => Variance::Covariant,
        [_, true, _] => Variance::Contravariant,
        _ => Variance::Invariant,
    };
    let bound = if bound.is_null() || bound.is_none() {
        Value::NULL
    } else {
        let message = m.str_value("Bound must be a type.");
        m.call_typing("_type_check", &[bound, message])?
    };
    Ok(Options { name, bound, default, variance })
}

fn make(m: &mut Machine, ty: Gc<Type>, o: &Options, constraints: Value) -> R<Value> {
    let v = m.new_object(TypeParam {
        header: Header::new(ty),
        name: o.name,
        bound: Lazy::known(o.bound),
        constraints: Lazy::known(constraints),
        default: Lazy::known(o.default),
        variance: o.variance,
        dict: Cell::new(Value::NULL),
    });
    let (module, key) = (m.caller_module(), m.names.module);
    m.set_attr(v.value(), key, module)?;
    Ok(v.value())
}

const ALL_OPTIONS: &[&str] = &["bound", "default", "covariant", "contravariant", "infer_variance"];

fn new_type_var(m: &mut Machine, ty: Gc<Type>, args: Args<'_>) -> R<Value> {
    let o = options(m, "typevar", args, ALL_OPTIONS)?;
    let constraints = match args.pos().get(1..).unwrap_or(&[]) {
        [] => Value::NULL,
        [_] => return Err(m.type_error("A single constraint is not allowed")),
        _ if !o.bound.is_null() => return Err(m.type_error("Constraints cannot be combined with bound=...")),
        several => m.new_tuple(several).value(),
    };
    make(m, ty, &o, constraints)
}

fn one_positional(m: &mut Machine, args: Args<'_>, class: &str) -> R<()> {
    if args.len() > 1 {
        let n = args.len();
        return Err(m.type_error(&format!("{class}() takes exactly 1 positional argument ({n} given)")));
    }
    Ok(())
}

fn new_param_spec(m: &mut Machine, ty: Gc<Type>, args: Args<'_>) -> R<Value> {
    one_positional(m, args, "paramspec")?;
    let o = options(m, "paramspec", args, ALL_OPTIONS)?;
    make(m, ty, &o, Value::NULL)
}

fn new_type_var_tuple(m: &mut Machine, ty: Gc<Type>, args: Args<'_>) -> R<Value> {
    one_positional(m, args, "typevartuple")?;
    let o = options(m, "typevartuple", args, &["default"])?;
    make(m, ty, &o, Value::NULL)
}

impl Machine {
    fn new_param(&mut self, class: Gc<Type>, name: Value, bound: Value, constraints: Value) -> Value {
        let param = TypeParam {
            header: Header::new(class),
            name,
            bound: Lazy::of(bound),
            constraints: Lazy::of(constraints),
            default: Lazy::default(),
            variance: Variance::Inferred,
            dict: Cell::new(Value::NULL),
        };
        self.new_object(param).value()
    }

    /// `T`, `T: bound`, `T: (constraints)`: the functions that evaluate them, or `NULL`.
    pub fn type_var(&mut self, name: Value, bound: Value, constraints: Value) -> R<Value> {
        let class = self.types.type_var;
        Ok(self.new_param(class, name, bound, constraints))
    }

    /// `**P`.
    pub fn param_spec(&mut self, name: Value) -> R<Value> {
        let class = self.types.param_spec;
        Ok(self.new_param(class, name, Value::NULL, Value::NULL))
    }

    /// `*Ts`.
    pub fn type_var_tuple(&mut self, name: Value) -> R<Value> {
        let class = self.types.type_var_tuple;
        Ok(self.new_param(class, name, Value::NULL, Value::NULL))
    }

    /// `T = default`: the function that evaluates it.
    pub fn set_type_param_default(&mut self, v: Value, compute: Value) -> R<Value> {
        match v.downcast::<TypeParam>() {
            Some(p) => p.default.compute.set(Some(compute)),
            None => return Err(self.type_error("a type parameter is required")),
        }
        Ok(v)
    }

    /// Calls a function of `typing`.
    pub(super) fn call_typing(&mut self, name: &str, args: &[Value]) -> R<Value> {
        let (typing, name) = (self.import_name("typing")?, self.intern(name));
        self.call_method(typing, name, args)
    }

    /// `Unpack[Ts]`, or `Ts` itself while `typing` is not there.
    pub(super) fn unpack_type_var_tuple(&mut self, v: Value) -> R<Value> {
        if self.imports.stdlib.is_none() {
            return Ok(v);
        }
        let (typing, name) = (self.import_name("typing")?, self.intern("Unpack"));
        let unpack = self.get_attr(typing, name)?;
        self.get_item(unpack, v)
    }

    /// `__name__` of the running function's globals, or `None`.
    pub(super) fn caller_module(&mut self) -> Value {
        let key = self.names.name;
        self.running_globals().and_then(|g| g.get_str(self, key)).unwrap_or(Value::NONE)
    }
}

/// The parameters with `TypeVarTuple`s unpacked.
pub(super) fn with_unpacked(m: &mut Machine, params: Value) -> R<Value> {
    let Some(all) = params.downcast::<Tuple>() else { return Ok(params) };
    if !all.slice().iter().any(|&p| m.type_of(p) == m.types.type_var_tuple) {
        return Ok(params);
    }
    let mut out = super::buffer::ValueVec::with_capacity(m, all.len());
    for &p in all.slice() {
        let p = if m.type_of(p) == m.types.type_var_tuple { m.unpack_type_var_tuple(p)? } else { p };
        out.push(m, p);
    }
    Ok(m.new_tuple(&out).value())
}
