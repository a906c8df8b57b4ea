//! `xmlparser` objects: attributes, methods, and feeding the parser.

use super::core::{Core, Step};
use super::events::Code;
use super::input::{Decoder, Named, named};
use super::names::Namespaces;
use super::{ERROR, dispatch};
use crate::heap::Marker;
use crate::machine::{Machine, R, Raised};
use crate::native::{Args, BindSpec, Convention, GetSetDef, MethodDef, TypeSpec};
use crate::object::header::{Gc, Header, Layout, LayoutId, Payload, layout_of};
use crate::object::string::Str;
use crate::object::typeobj::TypeFlags;
use crate::object::value::Value;
use std::cell::{Cell, RefCell};

/// Which function an attribute holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Handler {
    StartElement,
    EndElement,
    ProcessingInstruction,
    CharacterData,
    UnparsedEntityDecl,
    NotationDecl,
    StartNamespaceDecl,
    EndNamespaceDecl,
    Comment,
    StartCdataSection,
    EndCdataSection,
    Default,
    DefaultExpand,
    NotStandalone,
    ExternalEntityRef,
    StartDoctypeDecl,
    EndDoctypeDecl,
    EntityDecl,
    XmlDecl,
    ElementDecl,
    AttlistDecl,
    SkippedEntity,
}

/// How many there are.
const HANDLERS: usize = 22;
/// Characters of text that are collected by default.
const BUFFER_SIZE: i64 = 8192;

/// An `xmlparser`.
#[repr(C)]
pub(super) struct Parser {
    header: Header,
    pub(super) core: RefCell<Core>,
    handlers: [Cell<Value>; HANDLERS],
    pub(super) intern: Value,
    pub(super) base: Cell<Value>,
    pub(super) ordered: Cell<bool>,
    pub(super) specified: Cell<bool>,
    pub(super) buffers: Cell<bool>,
    pub(super) buffer_size: Cell<i64>,
    pub(super) buffer: RefCell<String>,
    code: Cell<u8>,
    byte: Cell<i64>,
    busy: Cell<bool>,
    deferral: Cell<bool>,
    /// How much was there when a token was last found to be cut off.
    partial: Cell<usize>,
}

// SAFETY: repr(C), header first; traces its references, the parser's state holds none.
unsafe impl Payload for Parser {
    const LAYOUT: &'static Layout = &layout_of::<Parser>(LayoutId::XmlParser);
    fn trace(&self, m: &mut Marker<'_>) {
        for handler in &self.handlers {
            m.mark(handler.get());
        }
        m.mark(self.intern);
        m.mark(self.base.get());
    }
}

impl Parser {
    pub(super) fn handler(&self, which: Handler) -> Option<Value> {
        let v = self.handlers[which as usize].get();
        (!v.is_none()).then_some(v)
    }
}

fn this(v: Value) -> Gc<Parser> {
    // SAFETY: methods and attributes of a type are called with its instances only.
    unsafe { v.cast() }
}

macro_rules! handler {
    ($name:literal, $which:ident) => {
        GetSetDef {
            name: $name,
            get: |_, v| Ok(this(v).handlers[Handler::$which as usize].get()),
            set: Some(|m, v, to| set_handler(m, this(v), Handler::$which, to)),
        }
    };
}

macro_rules! flag {
    ($name:literal, $field:ident) => {
        GetSetDef {
            name: $name,
            get: |_, v| Ok(Value::from_bool(this(v).$field.get())),
            set: Some(|m, v, to| {
                if to.is_null() {
                    return Err(m.type_error("Cannot delete attribute"));
                }
                let on = m.truthy(to)?;
                if stringify!($field) == "buffers" && !on {
                    dispatch::flush(m, this(v))?;
                }
                this(v).$field.set(on);
                Ok(())
            }),
        }
    };
}

macro_rules! number {
    ($name:literal, |$of:ident| $e:expr) => {
        GetSetDef {
            name: $name,
            get: |_, v| {
                let $of = this(v);
                Ok(Value::small($e))
            },
            set: None,
        }
    };
}

pub(super) static SPEC: TypeSpec = TypeSpec {
    flags: TypeFlags::DISALLOW_INSTANTIATION,
    methods: &[
        MethodDef::new("Parse", Convention::CLASS_KEYWORDS, parse),
        MethodDef::new("ParseFile", Convention::class(1, 1), parse_file),
        MethodDef::new("SetBase", Convention::O, |m, v, args| {
            let [base] = *args.pos() else { return Ok(Value::NONE) };
            if base.downcast::<Str>().is_none() {
                return Err(m.bad_argument("SetBase", "argument", "str", base));
            }
            this(v).base.set(base);
            Ok(Value::NONE)
        }),
        MethodDef::new("GetBase", Convention::NoArgs, |_, v, _| Ok(this(v).base.get())),
        MethodDef::new("GetInputContext", Convention::NoArgs, |m, v, _| {
            let of = this(v);
            if !of.busy.get() {
                return Ok(Value::NONE);
            }
            let text = of.core.borrow().input.text[of.core.borrow().event..].to_vec();
            Ok(m.new_bytes(&text)?.value())
        }),
        MethodDef::new("ExternalEntityParserCreate", Convention::class(1, 2), external),
        MethodDef::new("SetParamEntityParsing", Convention::O, |m, v, args| {
            let flag = m.c_int_argument(args.pos()[0], 0)?;
            if let Ok(mut core) = this(v).core.try_borrow_mut() {
                core.dtd.wants_external = flag > 0;
            }
            Ok(Value::small(1))
        }),
        MethodDef::new("UseForeignDTD", Convention::class(0, 1), |m, v, args| {
            let on = m.flag_argument(args.pos().first().copied().unwrap_or(Value::NULL), true)?;
            if this(v).core.borrow().input.total > 0 {
                return Err(raise(m, this(v), Code(26)));
            }
            this(v).core.borrow_mut().foreign_dtd = on;
            Ok(Value::NONE)
        }),
        MethodDef::new("SetReparseDeferralEnabled", Convention::O, |m, v, args| {
            let on = m.truthy(args.pos()[0])?;
            this(v).deferral.set(on);
            Ok(Value::NONE)
        }),
        MethodDef::new("GetReparseDeferralEnabled", Convention::NoArgs, |_, v, _| Ok(Value::from_bool(this(v).deferral.get()))),
    ],
    getset: &[
        handler!("StartElementHandler", StartElement),
        handler!("EndElementHandler", EndElement),
        handler!("ProcessingInstructionHandler", ProcessingInstruction),
        handler!("CharacterDataHandler", CharacterData),
        handler!("UnparsedEntityDeclHandler", UnparsedEntityDecl),
        handler!("NotationDeclHandler", NotationDecl),
        handler!("StartNamespaceDeclHandler", StartNamespaceDecl),
        handler!("EndNamespaceDeclHandler", EndNamespaceDecl),
        handler!("CommentHandler", Comment),
        handler!("StartCdataSectionHandler", StartCdataSection),
        handler!("EndCdataSectionHandler", EndCdataSection),
        handler!("DefaultHandler", Default),
        handler!("DefaultHandlerExpand", DefaultExpand),
        handler!("NotStandaloneHandler", NotStandalone),
        handler!("ExternalEntityRefHandler", ExternalEntityRef),
        handler!("StartDoctypeDeclHandler", StartDoctypeDecl),
        handler!("EndDoctypeDeclHandler", EndDoctypeDecl),
        handler!("EntityDeclHandler", EntityDecl),
        handler!("XmlDeclHandler", XmlDecl),
        handler!("ElementDeclHandler", ElementDecl),
        handler!("AttlistDeclHandler", AttlistDecl),
        handler!("SkippedEntityHandler", SkippedEntity),
        flag!("buffer_text", buffers),
        flag!("ordered_attributes", ordered),
        flag!("specified_attributes", specified),
        GetSetDef {
            name: "namespace_prefixes",
            get: |_, v| Ok(Value::from_bool(this(v).core.borrow().namespaces.as_ref().is_some_and(|n| n.triplets))),
            set: Some(|m, v, to| {
                let on = !to.is_null() && m.truthy(to)?;
                if let Some(n) = this(v).core.borrow_mut().namespaces.as_mut() {
                    n.triplets = on;
                }
                Ok(())
            }),
        },
        GetSetDef { name: "buffer_size", get: |_, v| Ok(Value::small(this(v).buffer_size.get())), set: Some(set_buffer_size) },
        GetSetDef { name: "intern", get: |_, v| Ok(this(v).intern), set: None },
        number!("buffer_used", |of| of.buffer.borrow().len() as i64),
        number!("ErrorCode", |of| i64::from(of.code.get())),
        number!("ErrorLineNumber", |of| of.core.borrow_mut().position().0),
        number!("ErrorColumnNumber", |of| of.core.borrow_mut().position().1),
        number!("ErrorByteIndex", |of| byte_index(of)),
        number!("CurrentLineNumber", |of| of.core.borrow_mut().position().0),
        number!("CurrentColumnNumber", |of| of.core.borrow_mut().position().1),
        number!("CurrentByteIndex", |of| byte_index(of)),
    ],
    doc: "XML parser",
    ..TypeSpec::new("pyexpat.xmlparser", Parser::LAYOUT)
};

fn byte_index(of: Gc<Parser>) -> i64 {
    if of.core.borrow().input.total == 0 { -1 } else { of.byte.get().max(of.core.borrow().event as i64) }
}

fn set_handler(m: &mut Machine, of: Gc<Parser>, which: Handler, to: Value) -> R<()> {
    if to.is_null() {
        return Err(m.type_error("Cannot delete attribute"));
    }
    if which == Handler::CharacterData {
        dispatch::flush(m, of)?;
    }
    if which == Handler::Default || which == Handler::DefaultExpand {
        of.core.borrow_mut().expand = which == Handler::DefaultExpand || to.is_none();
    }
    of.handlers[which as usize].set(to);
    Ok(())
}

fn set_buffer_size(m: &mut Machine, v: Value, to: Value) -> R<()> {
    if to.is_null() {
        return Err(m.type_error("Cannot delete attribute"));
    }
    if !m.is_int_instance(to) {
        return Err(m.type_error("buffer_size must be an integer"));
    }
    let n = m.ssize_argument(to, 0)?;
    if n <= 0 {
        return Err(m.value_error("buffer_size must be greater than zero"));
    }
    if n > i64::from(i32::MAX) {
        return Err(m.value_error(&format!("buffer_size must not be greater than {}", i32::MAX)));
    }
    dispatch::flush(m, this(v))?;
    this(v).buffer_size.set(n);
    Ok(())
}

/// An optional name of an encoding.
fn encoding_argument(m: &mut Machine, function: &str, v: Value) -> R<(Option<Decoder>, Option<String>)> {
    if v.is_null() || v.is_none() {
        return Ok((None, None));
    }
    let Some(name) = v.downcast::<Str>() else {
        return Err(m.bad_argument(function, "argument 'encoding'", "str or None", v));
    };
    let name = name.to_string_lossy().into_owned();
    Ok(match named(&name) {
        Named::Known(decoder) => (Some(decoder), None),
        Named::Utf16 => (Some(Decoder::Utf16 { little: false }), None),
        Named::Unknown => (None, Some(name)),
    })
}

/// What Python's codec makes of each byte.
fn table(m: &mut Machine, name: &str) -> R<Decoder> {
    let bytes: Vec<u8> = (0..=255).collect();
    let (bytes, decode) = (m.new_bytes(&bytes)?.value(), m.intern("decode"));
    let (name, errors) = (m.str_value(name), m.str_value("replace"));
    let text = m.call_method(bytes, decode, &[name, errors])?;
    let chars: Vec<u32> = text.downcast::<Str>().map(|s| s.to_string_lossy().chars().map(u32::from).collect()).unwrap_or_default();
    match <[u32; 256]>::try_from(chars) {
        Ok(mut table) => {
            table.iter_mut().filter(|c| **c == 0xFFFD).for_each(|c| *c = u32::MAX);
            Ok(Decoder::Table(Box::new(table)))
        }
        Err(_) => Err(m.value_error("multi-byte encodings are not supported")),
    }
}

fn make(m: &mut Machine, core: Core, intern: Value) -> Value {
    let class = m.native_type(&SPEC);
    let object = Parser {
        header: Header::new(class),
        core: RefCell::new(core),
        handlers: [const { Cell::new(Value::NONE) }; HANDLERS],
        intern,
        base: Cell::new(Value::NONE),
        ordered: Cell::new(false),
        specified: Cell::new(false),
        buffers: Cell::new(false),
        buffer_size: Cell::new(BUFFER_SIZE),
        buffer: RefCell::default(),
        code: Cell::new(0),
        byte: Cell::new(-1),
        busy: Cell::new(false),
        deferral: Cell::new(true),
        partial: Cell::new(0),
    };
    m.new_object(object).value()
}

/// `ParserCreate`.
pub(super) fn create(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let spec = BindSpec { positional_only: 0, required: 0, max_positional: 3 };
    let [encoding, separator, intern] = args.bind(m, "ParserCreate", ["encoding", "namespace_separator", "intern"], spec)?;
    let (forced, name) = encoding_argument(m, "ParserCreate", encoding)?;
    let mut namespaces = None;
    if !separator.is_null() && !separator.is_none() {
        let Some(s) = separator.downcast::<Str>() else {
            return Err(m.bad_argument("ParserCreate", "argument 'namespace_separator'", "str or None", separator));
        };
        if s.char_len() > 1 {
            return Err(m.value_error("namespace_separator must be at most one character, omitted, or None"));
        }
        namespaces = Some(Namespaces::new(s.to_string_lossy().chars().next()));
    }
    let intern = match intern {
        v if v.is_null() => m.new_dict().value(),
        v if v.is_none() => v,
        v if v.downcast::<crate::object::dict::Dict>().is_some() => v,
        _ => return Err(m.type_error("intern must be a dictionary")),
    };
    let mut core = Core::new(namespaces, forced);
    core.forced_name = name;
    Ok(make(m, core, intern))
}

fn external(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    let (forced, name) = encoding_argument(m, "ExternalEntityParserCreate", args.pos().get(1).copied().unwrap_or(Value::NULL))?;
    let of = this(v);
    let mut core = of.core.borrow().external(forced);
    core.forced_name = name;
    let made = make(m, core, of.intern);
    let inner = this(made);
    for (from, to) in of.handlers.iter().zip(&inner.handlers) {
        to.set(from.get());
    }
    inner.base.set(of.base.get());
    inner.ordered.set(of.ordered.get());
    inner.specified.set(of.specified.get());
    inner.buffers.set(of.buffers.get());
    inner.buffer_size.set(of.buffer_size.get());
    Ok(made)
}

/// Raises an error at the current position.
pub(super) fn raise(m: &mut Machine, of: Gc<Parser>, code: Code) -> Raised {
    let (line, column) = of.core.borrow_mut().position();
    of.code.set(code.0);
    let class = m.module_exception(&ERROR).value();
    let text = m.str_value(&format!("{}: line {line}, column {column}", code.text()));
    let exception = match m.call(class, &[text]) {
        Ok(exception) => exception,
        Err(raised) => return raised,
    };
    for (name, n) in [("code", i64::from(code.0)), ("offset", column), ("lineno", line)] {
        let name = m.intern(name);
        if let Err(raised) = m.set_attr(exception, name, Value::small(n)) {
            return raised;
        }
    }
    m.raise(exception)
}

fn parse(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    let spec = BindSpec { positional_only: 2, required: 1, max_positional: 2 };
    let [data, last] = args.bind(m, "Parse", ["", ""], spec)?;
    let last = m.flag_argument(last, false)?;
    let of = this(v);
    let bytes = match data.downcast::<Str>() {
        Some(s) => {
            of.core.borrow_mut().forced = Some(Decoder::Utf8);
            s.bytes().to_vec()
        }
        None => m.bytes_like_argument(data)?.to_vec(),
    };
    feed(m, of, &bytes, last)
}

fn parse_file(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    let (file, read) = (args.pos()[0], m.intern("read"));
    let Some(read) = m.get_attr_opt(file, read)? else {
        return Err(m.type_error("argument must have 'read' attribute"));
    };
    loop {
        let data = m.call(read, &[Value::small(2048)])?;
        let bytes = match (m.bytes_like(data), data.downcast::<Str>()) {
            (Some(bytes), _) => bytes.to_vec(),
            (None, Some(s)) => s.bytes().to_vec(),
            _ => {
                let name = m.type_name(data);
                return Err(m.type_error(&format!("read() did not return a bytes object (type={name})")));
            }
        };
        let done = feed(m, this(v), &bytes, bytes.is_empty())?;
        if bytes.is_empty() {
            return Ok(done);
        }
    }
}

fn feed(m: &mut Machine, of: Gc<Parser>, data: &[u8], last: bool) -> R<Value> {
    m.check_native_stack()?;
    let failed = {
        let mut core = of.core.borrow_mut();
        let failed = core.failed.or((core.input.last || of.busy.get()).then_some(Code::FINISHED));
        if failed.is_none() {
            core.input.feed(data, last);
        }
        failed
    };
    if let Some(code) = failed {
        return Err(raise(m, of, code));
    }
    // What was cut off is not read again until as much more has come.
    let (there, before) = (of.core.borrow().input.text.len() - of.core.borrow().at, of.partial.get());
    if of.deferral.get() && !last && before > 0 && there < 2 * before {
        return Ok(Value::small(1));
    }
    let start = of.core.borrow().at;
    of.busy.set(true);
    let done = run(m, of);
    of.busy.set(false);
    done?;
    dispatch::flush(m, of)?;
    let mut core = of.core.borrow_mut();
    of.byte.set(core.event as i64);
    core.event = core.at;
    of.partial.set(if core.at == start { core.input.text.len() - core.at } else { 0 });
    Ok(Value::small(1))
}

fn run(m: &mut Machine, of: Gc<Parser>) -> R<()> {
    loop {
        let step = of.core.borrow_mut().step();
        dispatch::events(m, of)?;
        match step {
            Ok(Step::Token) => {}
            Ok(Step::Hungry) => return Ok(()),
            Ok(Step::Encoding(name)) => match table(m, &name) {
                Ok(decoder) => of.core.borrow_mut().input.decide(decoder),
                Err(raised) => {
                    of.core.borrow_mut().failed = Some(Code::UNKNOWN_ENCODING);
                    return Err(raised);
                }
            },
            Err(code) => {
                of.core.borrow_mut().failed = Some(code);
                dispatch::flush(m, of)?;
                return Err(raise(m, of, code));
            }
        }
    }
}
