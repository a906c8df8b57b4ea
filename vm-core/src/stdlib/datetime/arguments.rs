//! Arguments as the functions of C's `datetime` take them: one after the other, each converted before the next is looked for, so that the
//! first thing wrong is the one reported. (`Args::bind` serves the functions whose parsing is generated, which bind all first.)

use crate::machine::{Machine, R, Raised};
use crate::native::{Args, BindSpec};
use crate::object::header::Gc;
use crate::object::string::Str;
use crate::object::value::Value;

/// Parameters of a function.
pub(super) struct Signature {
    /// The function's name in messages; empty if they call it "function".
    pub(super) name: &'static str,
    /// Its parameters.
    pub(super) names: &'static [&'static str],
    /// The first so many must be given.
    pub(super) required: usize,
    /// Those after the first so many can only be given by name.
    pub(super) positional: usize,
}

impl Signature {
    fn called(&self) -> String {
        if self.name.is_empty() { "function".into() } else { format!("{}()", self.name) }
    }

    fn named(&self) -> String {
        if self.name.is_empty() { "this function".into() } else { format!("{}()", self.name) }
    }
}

/// Arguments being taken.
pub(super) struct Taker<'a> {
    args: Args<'a>,
    signature: &'static Signature,
    next: usize,
    by_name: usize,
}

fn plural(n: usize) -> &'static str {
    if n == 1 { "" } else { "s" }
}

impl<'a> Taker<'a> {
    /// Before the first argument.
    #[inline]
    pub(super) fn new(m: &mut Machine, args: Args<'a>, signature: &'static Signature) -> R<Taker<'a>> {
        let most = signature.names.len();
        let given = if args.has_keywords() { args.all().len() } else { args.len() };
        if given > most {
            let kind = if args.pos().is_empty() { "keyword " } else { "" };
            let called = signature.called();
            return Err(m.type_error(&format!("{called} takes at most {most} {kind}argument{} ({given} given)", plural(most))));
        }
        Ok(Taker { args, signature, next: 0, by_name: 0 })
    }

    /// The next argument; `None` if it is absent and may be.
    #[inline]
    pub(super) fn take(&mut self, m: &mut Machine) -> R<Option<Value>> {
        let i = self.next;
        self.next += 1;
        if i == self.signature.positional && self.args.len() > i {
            return Err(self.too_many(m));
        }
        if let Some(&v) = self.args.pos().get(i) {
            return Ok(Some(v));
        }
        if self.args.has_keywords()
            && let Some((_, v)) = self.args.keywords().find(|(key, _)| key.bytes() == self.signature.names[i].as_bytes())
        {
            self.by_name += 1;
            return Ok(Some(v));
        }
        if i < self.signature.required { Err(self.missing(m, i)) } else { Ok(None) }
    }

    #[cold]
    fn too_many(&self, m: &mut Machine) -> Raised {
        let s = self.signature;
        let at = if s.required < s.names.len() { "at most" } else { "exactly" };
        let (called, most, given) = (s.called(), s.positional, self.args.len());
        m.type_error(&format!("{called} takes {at} {most} positional argument{} ({given} given)", plural(most)))
    }

    #[cold]
    fn missing(&self, m: &mut Machine, i: usize) -> Raised {
        let s = self.signature;
        m.type_error(&format!("{} missing required argument '{}' (pos {})", s.called(), s.names[i], i + 1))
    }

    /// The next argument as a C `int`.
    #[inline]
    pub(super) fn int(&mut self, m: &mut Machine, default: i32) -> R<i32> {
        match self.take(m)? {
            Some(v) => c_int(m, v),
            None => Ok(default),
        }
    }

    /// The next argument as a string.
    pub(super) fn string(&mut self, m: &mut Machine) -> R<Option<Gc<Str>>> {
        let at = self.next + 1;
        match self.take(m)? {
            Some(v) => string(m, self.signature.name, at, v).map(Some),
            None => Ok(None),
        }
    }

    /// The next argument as the bytes of a string without a null character.
    pub(super) fn text(&mut self, m: &mut Machine) -> R<Option<&'a [u8]>> {
        let Some(s) = self.string(m)? else { return Ok(None) };
        let mut encoded = Vec::new();
        if s.to_str().is_none()
            && let Err(e) = crate::text::encoding::Encoding::Utf8.encode_into(s.text(), crate::text::codec::Errors::Strict, &mut encoded)
        {
            let exception = m.encode_exception(&e, s)?;
            return Err(m.raise(exception));
        }
        if s.bytes().contains(&0) {
            return Err(m.value_error("embedded null character"));
        }
        Ok(Some(s.as_static_bytes()))
    }

    /// The error that the argument taken last is not what it must be.
    #[cold]
    pub(super) fn wrong(&self, m: &mut Machine, wanted: &str, v: Value) -> Raised {
        wrong(m, self.signature.name, self.next, wanted, v)
    }

    /// After the last argument.
    #[inline]
    pub(super) fn end(self, m: &mut Machine) -> R<()> {
        if !self.args.has_keywords() || self.args.keywords().count() == self.by_name { Ok(()) } else { Err(self.extra(m)) }
    }

    #[cold]
    fn extra(&self, m: &mut Machine) -> Raised {
        let s = self.signature;
        for i in 0..self.args.len() {
            if self.args.keywords().any(|(key, _)| key.bytes() == s.names[i].as_bytes()) {
                let (called, name) = (s.called(), s.names[i]);
                return m.type_error(&format!("argument for {called} given by name ('{name}') and position ({})", i + 1));
            }
        }
        for (key, _) in self.args.keywords() {
            let key = key.to_string_lossy().into_owned();
            if !s.names.contains(&key.as_str()) {
                let hint = crate::object::suggest::closest(&key, s.names.iter().copied());
                let hint = hint.map_or(String::new(), |h| format!(". Did you mean '{h}'?"));
                return m.type_error(&format!("{} got an unexpected keyword argument '{key}'{hint}", s.named()));
            }
        }
        m.type_error(&format!("invalid keyword argument for {}", s.named()))
    }
}

/// What `replace()` is given: [`Args::bind`] of arguments that may all be absent, the last of which may be by name only, with a short way
/// for arguments by name that are all right.
pub(super) fn changes<const N: usize>(m: &mut Machine, args: Args<'_>, names: [&'static str; N], positional: usize) -> R<[Value; N]> {
    let mut out = [Value::NULL; N];
    let by_name = args.pos().is_empty()
        && args.keywords().all(|(key, v)| {
            let place = names.iter().position(|name| name.as_bytes() == key.bytes());
            place.is_some_and(|i| std::mem::replace(&mut out[i], v).is_null())
        });
    if by_name {
        return Ok(out);
    }
    args.bind(m, "replace", names, BindSpec { positional_only: 0, required: 0, max_positional: positional })
}

/// Exactly `N` positional arguments.
pub(super) fn exactly<const N: usize>(m: &mut Machine, name: &str, args: Args<'_>) -> R<[Value; N]> {
    match <[Value; N]>::try_from(args.pos()) {
        Ok(values) => Ok(values),
        Err(_) => {
            let given = args.len();
            Err(m.type_error(&format!("{name}() takes exactly {N} argument{} ({given} given)", plural(N))))
        }
    }
}

#[cold]
fn wrong(m: &mut Machine, name: &str, at: usize, wanted: &str, v: Value) -> Raised {
    let got = if v.is_none() { "None".into() } else { m.type_name(v) };
    m.type_error(&format!("{name}() argument {at} must be {wanted}, not {got}"))
}

/// An argument that must be a string; `at` counts from 1.
pub(super) fn string(m: &mut Machine, name: &str, at: usize, v: Value) -> R<Gc<Str>> {
    match v.downcast::<Str>() {
        Some(s) => Ok(s),
        None => Err(wrong(m, name, at, "str", v)),
    }
}

/// A C `int`, with the errors of functions whose arguments are parsed by a format.
#[inline]
pub(super) fn c_int(m: &mut Machine, v: Value) -> R<i32> {
    if v.is_int()
        && let Ok(n) = i32::try_from(v.as_int())
    {
        return Ok(n);
    }
    c_int_of_other(m, v)
}

#[inline(never)]
fn c_int_of_other(m: &mut Machine, v: Value) -> R<i32> {
    let n = m.index(v)?;
    let Some(n) = m.int_as_i64(n) else {
        return Err(m.overflow_error("Python int too large to convert to C long"));
    };
    i32::try_from(n).map_err(|_| {
        let (than, limit) = if n > 0 { ("greater", "maximum") } else { ("less", "minimum") };
        m.overflow_error(&format!("signed integer is {than} than {limit}"))
    })
}

/// A C `int`, with the errors of functions whose parsing is generated; `default` if it was not given.
#[inline]
pub(super) fn plain_int(m: &mut Machine, v: Value, default: i32) -> R<i32> {
    if v.is_null() {
        return Ok(default);
    }
    if v.is_int()
        && let Ok(n) = i32::try_from(v.as_int())
    {
        return Ok(n);
    }
    let n = m.index(v)?;
    match m.int_as_i64(n).map(i32::try_from) {
        Some(Ok(n)) => Ok(n),
        _ => Err(m.overflow_error("Python int too large to convert to C int")),
    }
}
