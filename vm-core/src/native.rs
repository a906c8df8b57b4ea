//! How native functions, types and modules are described to the machine: static tables, read once at start-up.
//!
//! A native function's [`Convention`] is CPython's calling convention for the same function: the specialiser chooses `CALL_*` by it.

use crate::machine::{Machine, R, Raised};
use crate::object::function::NativeFunction;
use crate::object::header::{Gc, Layout};
use crate::object::slots::Slots;
use crate::object::string::Str;
use crate::object::typeobj::Type;
use crate::object::value::Value;
use std::marker::PhantomData;

/// Arguments of a call: positional values, then the values of keyword arguments whose names are in a tuple. It is two words, so that a
/// call passes it in registers: where the values begin, and how many there are or, for keyword arguments, where the rest is said.
#[derive(Clone, Copy)]
pub struct Args<'a> {
    start: *const Value,
    /// The number of positional arguments if there are no others, else a pointer with [`KEYWORDS`] set.
    rest: *const Keywords,
    values: PhantomData<&'a [Value]>,
}

/// The bit that no number of arguments and no address has.
const KEYWORDS: usize = 1 << (usize::BITS - 1);

/// What there is to say of a call with keyword arguments; it lies in the caller's frame.
pub struct Keywords {
    names: *const Value,
    count: usize,
    end: *const Value,
}

impl Keywords {
    /// Of a call with those values, the last of which have these names, which live as long as the values.
    #[inline]
    #[must_use]
    pub fn new(all: &[Value], names: &[Value]) -> Keywords {
        Keywords { names: names.as_ptr(), count: names.len(), end: all.as_ptr_range().end }
    }
}

impl<'a> Args<'a> {
    /// Positional arguments only.
    #[inline(always)]
    #[must_use]
    pub const fn positional(values: &'a [Value]) -> Args<'a> {
        Args { start: values.as_ptr(), rest: std::ptr::without_provenance(values.len()), values: PhantomData }
    }

    /// Positional arguments followed by the values of the keywords.
    #[must_use]
    pub fn with_keywords(all: &'a [Value], keywords: &'a Keywords) -> Args<'a> {
        if keywords.count == 0 {
            return Args::positional(all);
        }
        Args { start: all.as_ptr(), rest: std::ptr::from_ref(keywords).map_addr(|at| at | KEYWORDS), values: PhantomData }
    }

    #[inline(always)]
    fn given_keywords(&self) -> Option<&'a Keywords> {
        // SAFETY: what has the bit was made from a reference that outlives this.
        if self.rest.addr() & KEYWORDS == 0 { None } else { Some(unsafe { &*self.rest.map_addr(|at| at & !KEYWORDS) }) }
    }

    /// These arguments after the value that stands before the first of them.
    ///
    /// # Safety
    /// A value stands there, as long as these do.
    #[inline(always)]
    pub(crate) unsafe fn after_one_more(self) -> Args<'a> {
        let more = usize::from(self.given_keywords().is_none());
        // SAFETY: as the caller promises.
        Args { start: unsafe { self.start.sub(1) }, rest: self.rest.map_addr(|at| at + more), values: PhantomData }
    }

    /// The positional arguments.
    #[inline(always)]
    #[must_use]
    pub fn pos(&self) -> &'a [Value] {
        // SAFETY: so many values start there.
        unsafe { std::slice::from_raw_parts(self.start, self.len()) }
    }

    /// All values: positional ones, then keyword values.
    #[inline]
    #[must_use]
    pub fn all(&self) -> &'a [Value] {
        // SAFETY: so many values start there.
        unsafe { std::slice::from_raw_parts(self.start, self.count()) }
    }

    /// Number of arguments.
    #[inline]
    fn count(&self) -> usize {
        match self.given_keywords() {
            None => self.rest.addr(),
            Some(keywords) => (keywords.end.addr() - self.start.addr()) / size_of::<Value>(),
        }
    }

    /// The keyword names.
    #[inline]
    #[must_use]
    pub fn kwnames(&self) -> Option<&'a [Value]> {
        // SAFETY: so many values start there.
        self.given_keywords().map(|keywords| unsafe { std::slice::from_raw_parts(keywords.names, keywords.count) })
    }

    /// Names and values of the keyword arguments.
    pub fn keywords(&self) -> impl Iterator<Item = (Gc<Str>, Value)> + use<'a> {
        let names: &'a [Value] = self.kwnames().unwrap_or_default();
        // SAFETY: keyword names are str objects (checked where calls are made).
        names.iter().zip(&self.all()[self.len()..]).map(|(&n, &v)| (unsafe { n.cast::<Str>() }, v))
    }

    /// Number of positional arguments.
    #[inline(always)]
    #[must_use]
    pub fn len(&self) -> usize {
        match self.given_keywords() {
            None => self.rest.addr(),
            Some(keywords) => self.count() - keywords.count,
        }
    }

    /// Whether there is no argument at all.
    #[inline]
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rest.is_null()
    }

    /// Whether keywords were passed.
    #[inline(always)]
    #[must_use]
    pub fn has_keywords(&self) -> bool {
        self.rest.addr() & KEYWORDS != 0
    }

    /// Without the first positional argument, which there is.
    #[must_use]
    pub fn skip_first(&self) -> Args<'a> {
        assert!(!self.pos().is_empty(), "a call without positional arguments");
        let rest = if self.has_keywords() { self.rest } else { self.rest.wrapping_byte_sub(1) };
        Args { start: self.start.wrapping_add(1), rest, values: PhantomData }
    }

    /// Fails with CPython's "name() takes no keyword arguments" if there are any.
    pub fn no_keywords(&self, m: &mut Machine, name: &str) -> R<()> {
        if self.has_keywords() { Err(m.type_error(&format!("{name}() takes no keyword arguments"))) } else { Ok(()) }
    }

    /// Between `min` and `max` positional arguments and no keyword, or CPython's TypeError (`_PyArg_CheckPositional`).
    #[inline(always)]
    pub fn between(&self, m: &mut Machine, name: &str, min: usize, max: usize) -> R<&'a [Value]> {
        // Keyword arguments make the number too large for any bound.
        let n = self.rest.addr();
        if n < min || n > max { Err(self.not_between(m, name, min, max)) } else { Ok(self.pos()) }
    }

    #[cold]
    #[inline(never)]
    fn not_between(&self, m: &mut Machine, name: &str, min: usize, max: usize) -> Raised {
        if let Err(raised) = self.no_keywords(m, name) {
            return raised;
        }
        self.wrong_number(m, name, min, max)
    }

    /// CPython's TypeError for a number of positional arguments that is not between `min` and `max`.
    #[cold]
    #[inline(never)]
    pub(crate) fn wrong_number(&self, m: &mut Machine, name: &str, min: usize, max: usize) -> Raised {
        let n = self.len();
        let (bound, limit) = if min == max {
            ("", min)
        } else if n < min {
            ("at least ", min)
        } else {
            ("at most ", max)
        };
        let s = if limit == 1 { "" } else { "s" };
        m.type_error(&format!("{name} expected {bound}{limit} argument{s}, got {n}"))
    }

    /// Binds to parameters as Argument Clinic does: `names[..posonly]` positional-only, `names[..min_required]` required,
    /// `names[max_positional..]` keyword-only. Absent ones are `NULL`.
    #[inline]
    pub fn bind<const N: usize>(&self, m: &mut Machine, name: &str, names: [&str; N], spec: BindSpec) -> R<[Value; N]> {
        if self.has_keywords() || self.len() > spec.max_positional.min(N) || self.len() < spec.required {
            return self.bind_slowly(m, name, names, spec);
        }
        let mut out = [Value::NULL; N];
        for (place, &given) in out.iter_mut().zip(self.pos()) {
            *place = given;
        }
        Ok(out)
    }

    /// As [`Args::bind`], with keywords, absent arguments and errors.
    #[inline(never)]
    fn bind_slowly<const N: usize>(&self, m: &mut Machine, name: &str, names: [&str; N], spec: BindSpec) -> R<[Value; N]> {
        let mut out = [Value::NULL; N];
        let (given, positional) = (self.count(), self.len());
        let plural = |n: usize| if n == 1 { "" } else { "s" };
        if given > N {
            let kind = if positional == 0 { "keyword " } else { "" };
            let s = plural(N);
            return Err(m.type_error(&format!("{name}() takes at most {N} {kind}argument{s} ({given} given)")));
        }
        if positional > spec.max_positional {
            let (max, s) = (spec.max_positional, plural(spec.max_positional));
            let at = if spec.required < max { "at most" } else { "exactly" };
            return Err(m.type_error(&if max == 0 {
                format!("{name}() takes no positional arguments")
            } else {
                format!("{name}() takes {at} {max} positional argument{s} ({positional} given)")
            }));
        }
        let least = spec.positional_only.min(spec.required);
        if positional < least {
            let at = if least < spec.max_positional { "at least" } else { "exactly" };
            let s = plural(least);
            return Err(m.type_error(&format!("{name}() takes {at} {least} positional argument{s} ({positional} given)")));
        }
        out[..positional].copy_from_slice(self.pos());
        if !self.has_keywords() && positional >= spec.required {
            return Ok(out);
        }
        let mut wrong = None;
        for (key, value) in self.keywords() {
            let text = key.as_static_str();
            match names.iter().position(|&n| n == text).filter(|&i| i >= spec.positional_only) {
                Some(i) if out[i].is_null() => out[i] = value,
                place => wrong = wrong.or(Some((text, place))),
            }
        }
        if let Some(i) = (positional..spec.required).find(|&i| out[i].is_null()) {
            return Err(m.type_error(&format!("{name}() missing required argument '{}' (pos {})", names[i], i + 1)));
        }
        match wrong {
            Some((text, Some(i))) => {
                let at = i + 1;
                return Err(m.type_error(&format!("argument for {name}() given by name ('{text}') and position ({at})")));
            }
            Some((text, None)) => {
                let hint = crate::object::suggest::closest(text, names[spec.positional_only..].iter().copied());
                let hint = hint.map_or(String::new(), |s| format!(". Did you mean '{s}'?"));
                return Err(m.type_error(&format!("{name}() got an unexpected keyword argument '{text}'{hint}")));
            }
            None => {}
        }
        Ok(out)
    }
}

/// See [`Args::bind`].
#[derive(Clone, Copy, Debug)]
pub struct BindSpec {
    /// Parameters before this index cannot be given by name.
    pub positional_only: usize,
    /// Parameters before this index must be given.
    pub required: usize,
    /// Parameters from this index on must be given by name.
    pub max_positional: usize,
}

/// CPython's calling conventions (`METH_*`).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Convention {
    /// `METH_NOARGS`.
    NoArgs,
    /// `METH_O`.
    O,
    /// `METH_FASTCALL`.
    Fast,
    /// `METH_FASTCALL | METH_KEYWORDS`.
    FastKeywords,
    /// `METH_VARARGS`.
    VarArgs,
    /// `METH_VARARGS | METH_KEYWORDS`.
    VarArgsKeywords,
    /// `METH_METHOD | METH_FASTCALL | METH_KEYWORDS`: CPython's is told the class that defines it, too, and nothing specialises on it.
    DefiningClass {
        /// The fewest positional arguments.
        required: u8,
        /// The most; none has a name. [`Convention::NAMED`]: the function binds its arguments itself.
        most: u8,
    },
}

impl Convention {
    const NAMED: u8 = u8::MAX;

    /// `DefiningClass` with named arguments.
    pub const CLASS_KEYWORDS: Convention = Convention::class(0, Self::NAMED);

    /// `DefiningClass` with so many positional arguments, and no others.
    #[must_use]
    pub const fn class(required: u8, most: u8) -> Convention {
        Convention::DefiningClass { required, most }
    }
}

/// A native function: `this` is the instance of a method, the class of a class method, or the module of a function.
pub type NativeFn = fn(m: &mut Machine, this: Value, args: Args<'_>) -> R<Value>;

/// What a method definition makes in a class.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Binding {
    /// An instance method (`method_descriptor`), or a module function.
    Instance,
    /// `METH_CLASS`.
    Class,
    /// `METH_STATIC`.
    Static,
}

/// A native function or method.
#[derive(Debug)]
pub struct MethodDef {
    /// Its name.
    pub name: &'static str,
    /// How CPython's is called. With `NoArgs` and `O` the machine has checked the argument count.
    pub convention: Convention,
    /// See [`Binding`].
    pub binding: Binding,
    /// The code.
    pub func: NativeFn,
    /// `__doc__`; may start with CPython's `name(sig)\n--\n\n` form.
    pub doc: &'static str,
}

impl MethodDef {
    /// An instance method or module function.
    #[must_use]
    pub const fn new(name: &'static str, convention: Convention, func: NativeFn) -> MethodDef {
        MethodDef { name, convention, binding: Binding::Instance, func, doc: "" }
    }

    /// A class method.
    #[must_use]
    pub const fn class(name: &'static str, convention: Convention, func: NativeFn) -> MethodDef {
        MethodDef { name, convention, binding: Binding::Class, func, doc: "" }
    }

    /// A static method.
    #[must_use]
    pub const fn static_(name: &'static str, convention: Convention, func: NativeFn) -> MethodDef {
        MethodDef { name, convention, binding: Binding::Static, func, doc: "" }
    }
}

/// Writes a computed attribute of an object, or deletes it when the value is `NULL`.
pub type GetSetWriter = fn(&mut Machine, Value, Value) -> R<()>;

/// Fills a native module's namespace.
pub type ModuleInit = fn(&mut Machine, Gc<crate::object::dict::Dict>) -> R<()>;

/// A computed attribute (`getset_descriptor`).
#[derive(Debug)]
pub struct GetSetDef {
    /// Its name.
    pub name: &'static str,
    /// Reads it.
    pub get: fn(&mut Machine, Value) -> R<Value>,
    /// Writes it, or deletes it when the value is `NULL`; absent for read-only attributes.
    pub set: Option<GetSetWriter>,
}

/// A builtin type.
pub struct TypeSpec {
    /// `__name__` (a dotted name gives `__module__` before the last dot).
    pub name: &'static str,
    /// The base, if it is not `object`.
    pub base: Option<fn(&crate::object::types::Types) -> Gc<Type>>,
    /// Native struct of the instances.
    pub layout: &'static Layout,
    /// `TypeFlags` bits (IMMUTABLE is added).
    pub flags: u32,
    /// Byte offset of a plain `__dict__` word inside the native struct; 0 for none.
    pub dict_offset: usize,
    /// Operations of its own.
    pub slots: Slots,
    /// Methods.
    pub methods: &'static [MethodDef],
    /// Computed attributes.
    pub getset: &'static [GetSetDef],
    /// `__doc__`.
    pub doc: &'static str,
    /// Runs after the type is ready, for attributes of other kinds.
    pub finish: Option<fn(&mut Machine, Gc<Type>)>,
}

impl TypeSpec {
    /// Nothing but a name and a layout; fill the rest with struct update syntax.
    #[must_use]
    pub const fn new(name: &'static str, layout: &'static Layout) -> TypeSpec {
        TypeSpec {
            name,
            base: None,
            layout,
            flags: 0,
            dict_offset: 0,
            slots: Slots::EMPTY,
            methods: &[],
            getset: &[],
            doc: "",
            finish: None,
        }
    }
}

/// A native module.
pub struct ModuleSpec {
    /// Its name.
    pub name: &'static str,
    /// Its functions.
    pub functions: &'static [MethodDef],
    /// Adds constants, types and everything else to the module's namespace.
    pub init: Option<ModuleInit>,
    /// `__doc__`.
    pub doc: &'static str,
}

/// Calls a native function after checking what its convention promises.
#[inline]
pub fn call_checked(
    m: &mut Machine,
    def: &'static MethodDef,
    this: Value,
    args: Args<'_>,
    qualname: impl Fn(&mut Machine) -> String,
) -> R<Value> {
    match def.convention {
        Convention::FastKeywords | Convention::VarArgsKeywords => {}
        Convention::DefiningClass { required, most } => check_positional(m, def.name, args, required, most)?,
        _ if args.has_keywords() => {
            let name = qualname(m);
            return Err(m.type_error(&format!("{name}() takes no keyword arguments")));
        }
        Convention::NoArgs if !args.is_empty() => {
            let name = qualname(m);
            let n = args.len();
            return Err(m.type_error(&format!("{name}() takes no arguments ({n} given)")));
        }
        Convention::O if args.len() != 1 => {
            let name = qualname(m);
            let n = args.len();
            return Err(m.type_error(&format!("{name}() takes exactly one argument ({n} given)")));
        }
        _ => {}
    }
    (def.func)(m, this, args)
}

/// Checks what CPython's generated code checks of functions that take keywords, but name no argument.
fn check_positional(m: &mut Machine, name: &str, args: Args<'_>, required: u8, most: u8) -> R<()> {
    if most == Convention::NAMED {
        return Ok(());
    }
    let plural = |n: usize| if n == 1 { "" } else { "s" };
    let (required, most, given) = (usize::from(required), usize::from(most), args.pos().len());
    let all = given + args.keywords().count();
    let problem = if most == 0 && all > 0 {
        "takes no arguments".to_owned()
    } else if all > most {
        format!("takes at most {most} argument{} ({all} given)", plural(most))
    } else if given < required {
        let exactly = if required == most { "exactly" } else { "at least" };
        format!("takes {exactly} {required} positional argument{} ({given} given)", plural(required))
    } else if let Some((key, _)) = args.keywords().next() {
        format!("got an unexpected keyword argument '{}'", key.to_string_lossy())
    } else {
        return Ok(());
    };
    Err(m.type_error(&format!("{name}() {problem}")))
}

impl Machine {
    /// A builtin function object.
    pub fn new_native_function(&mut self, def: &'static MethodDef, this: Value, module: Value) -> Gc<NativeFunction> {
        let header = crate::object::header::Header::new(self.types.builtin_function);
        self.new_object(NativeFunction { header, def, this, module })
    }
}
