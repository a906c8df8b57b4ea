//! `make_scanner`: reads one JSON term. Containers under way are on an explicit stack.

use super::{decode_error, strings};
use crate::heap::Marker;
use crate::machine::{Machine, R, Raised};
use crate::native::{Args, BindSpec, GetSetDef, TypeSpec};
use crate::object::buffer::ValueVec;
use crate::object::dict::Dict;
use crate::object::header::{Gc, Header, Layout, LayoutId, Payload, layout_of};
use crate::object::list::List;
use crate::object::slots::Slots;
use crate::object::string::Str;
use crate::object::typeobj::Type;
use crate::object::value::Value;
use crate::text::{float_parse, int_parse};

/// A scanner: what the decoder was made with.
#[repr(C)]
struct Scanner {
    header: Header,
    strict: bool,
    object_hook: Value,
    object_pairs_hook: Value,
    parse_float: Value,
    parse_int: Value,
    parse_constant: Value,
}

// SAFETY: repr(C), header first; traces its references.
unsafe impl Payload for Scanner {
    const LAYOUT: &'static Layout = &layout_of::<Scanner>(LayoutId::JsonScanner);
    fn trace(&self, m: &mut Marker<'_>) {
        m.mark_all(&[self.object_hook, self.object_pairs_hook, self.parse_float, self.parse_int, self.parse_constant]);
    }
}

/// `_json.Scanner`.
pub(super) static SPEC: TypeSpec = TypeSpec {
    slots: Slots { new: Some(new), call: Some(call), ..Slots::EMPTY },
    getset: &[
        GetSetDef { name: "strict", get: |_, v| Ok(Value::from_bool(this(v).strict)), set: None },
        GetSetDef { name: "object_hook", get: |_, v| Ok(this(v).object_hook), set: None },
        GetSetDef { name: "object_pairs_hook", get: |_, v| Ok(this(v).object_pairs_hook), set: None },
        GetSetDef { name: "parse_float", get: |_, v| Ok(this(v).parse_float), set: None },
        GetSetDef { name: "parse_int", get: |_, v| Ok(this(v).parse_int), set: None },
        GetSetDef { name: "parse_constant", get: |_, v| Ok(this(v).parse_constant), set: None },
    ],
    doc: "JSON scanner object",
    ..TypeSpec::new("_json.Scanner", Scanner::LAYOUT)
};

fn this(v: Value) -> Gc<Scanner> {
    // SAFETY: slots and attributes of a type are called with its instances only.
    unsafe { v.cast() }
}

fn new(m: &mut Machine, ty: Gc<Type>, args: Args<'_>) -> R<Value> {
    let spec = BindSpec { positional_only: 0, required: 1, max_positional: 1 };
    let [context] = args.bind(m, "make_scanner", ["context"], spec)?;
    let mut attribute = |name: &str| {
        let name = m.intern(name);
        m.get_attr(context, name)
    };
    let strict = attribute("strict")?;
    let (object_hook, object_pairs_hook) = (attribute("object_hook")?, attribute("object_pairs_hook")?);
    let (parse_float, parse_int, parse_constant) = (attribute("parse_float")?, attribute("parse_int")?, attribute("parse_constant")?);
    let strict = m.truthy(strict)?;
    let header = Header::new(ty);
    Ok(m.new_object(Scanner { header, strict, object_hook, object_pairs_hook, parse_float, parse_int, parse_constant }).value())
}

fn call(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    let spec = BindSpec { positional_only: 0, required: 2, max_positional: 2 };
    let [string, at] = args.bind(m, "scan_once", ["string", "idx"], spec)?;
    let at = m.ssize_argument(at, 0)?;
    let Some(s) = string.downcast::<Str>() else {
        let name = m.type_name(string);
        return Err(m.type_error(&format!("first argument must be a string, not {name}")));
    };
    if at < 0 {
        return Err(m.value_error("idx cannot be negative"));
    }
    if at as usize >= s.char_len() {
        return Err(m.stop_iteration(Value::small(at)));
    }
    let mut scan = Scan { scanner: this(v), s, at: s.text().byte_offset(at as usize), memo: m.new_dict() };
    let value = scan.term(m)?;
    let next = Value::small(s.text().char_index(scan.at) as i64);
    Ok(m.new_tuple(&[value, next]).value())
}

/// Deepest nesting of containers, as many as CPython's C recursion allows.
const MAX_DEPTH: usize = 10_000;

struct Scan {
    scanner: Gc<Scanner>,
    s: Gc<Str>,
    /// Next byte.
    at: usize,
    /// Keys seen: equal ones are one object.
    memo: Gc<Dict>,
}

/// A term, or a container that was begun.
enum Begun {
    Term(Value),
    Container(Value, Value),
}

impl Scan {
    fn peek(&self) -> Option<u8> {
        self.s.bytes().get(self.at).copied()
    }

    fn skip_space(&mut self) {
        while let Some(b' ' | b'\t' | b'\n' | b'\r') = self.peek() {
            self.at += 1;
        }
    }

    fn fail(&self, m: &mut Machine, message: &str, at: usize) -> Raised {
        decode_error(m, message, self.s.value(), self.s.text().char_index(at) as i64)
    }

    /// `StopIteration`: no term starts here.
    fn nothing(&self, m: &mut Machine, at: usize) -> Raised {
        m.stop_iteration(Value::small(self.s.text().char_index(at) as i64))
    }

    /// Reads a term with all its parts.
    fn term(&mut self, m: &mut Machine) -> R<Value> {
        // Containers begun, each followed by the key of the item that is being read (or NULL).
        let mut stack = ValueVec::with_capacity(m, 16);
        loop {
            let mut value = match self.begin(m)? {
                Begun::Term(value) => value,
                Begun::Container(container, key) => {
                    if stack.len() >= 2 * MAX_DEPTH {
                        let what = if key.is_null() { "array" } else { "object" };
                        let text = format!("maximum recursion depth exceeded while decoding a JSON {what} from a unicode string");
                        return Err(m.recursion_error(&text));
                    }
                    stack.push(m, container);
                    stack.push(m, key);
                    continue;
                }
            };
            loop {
                let (Some(key), Some(container)) = (stack.pop(), stack.pop()) else { return Ok(value) };
                match self.add(m, container, key, value)? {
                    Begun::Term(done) => value = done,
                    Begun::Container(container, key) => {
                        stack.push(m, container);
                        stack.push(m, key);
                        break;
                    }
                }
            }
        }
    }

    /// Adds an item to its container and reads on to the next item, or to the container's end.
    fn add(&mut self, m: &mut Machine, container: Value, key: Value, value: Value) -> R<Begun> {
        let array = key.is_null();
        if let Some(dict) = container.downcast::<Dict>() {
            dict.insert(m, key, value)?;
        } else if let Some(list) = container.downcast::<List>() {
            let item = if array { value } else { m.new_tuple(&[key, value]).value() };
            list.push(m, item);
        }
        self.skip_space();
        let close = if array { b']' } else { b'}' };
        match self.peek() {
            Some(c) if c == close => {
                self.at += 1;
                return Ok(Begun::Term(if array { container } else { self.finish(m, container)? }));
            }
            Some(b',') => {}
            _ => return Err(self.fail(m, "Expecting ',' delimiter", self.at)),
        }
        let comma = self.at;
        self.at += 1;
        self.skip_space();
        if self.peek() == Some(close) {
            let kind = if array { "array" } else { "object" };
            return Err(self.fail(m, &format!("Illegal trailing comma before end of {kind}"), comma));
        }
        let key = if array { Value::NULL } else { self.key(m)? };
        Ok(Begun::Container(container, key))
    }

    /// The object made of an object's items.
    fn finish(&mut self, m: &mut Machine, container: Value) -> R<Value> {
        let scanner = self.scanner;
        if !scanner.object_pairs_hook.is_none() {
            m.call(scanner.object_pairs_hook, &[container])
        } else if !scanner.object_hook.is_none() {
            m.call(scanner.object_hook, &[container])
        } else {
            Ok(container)
        }
    }

    /// A key, its colon and the space after it.
    fn key(&mut self, m: &mut Machine) -> R<Value> {
        if self.peek() != Some(b'"') {
            return Err(self.fail(m, "Expecting property name enclosed in double quotes", self.at));
        }
        let (key, next) = strings::literal(m, self.s, self.at + 1, self.scanner.strict)?;
        let key = self.memo.set_default(m, key, key)?;
        self.at = next;
        self.skip_space();
        if self.peek() != Some(b':') {
            return Err(self.fail(m, "Expecting ':' delimiter", self.at));
        }
        self.at += 1;
        self.skip_space();
        Ok(key)
    }

    /// Reads a term without parts, or a container up to its first item.
    fn begin(&mut self, m: &mut Machine) -> R<Begun> {
        let rest = &self.s.bytes()[self.at.min(self.s.bytes().len())..];
        let constant = |text: &str| rest.starts_with(text.as_bytes());
        let term = match rest.first() {
            None => return Err(self.nothing(m, self.at)),
            Some(b'"') => {
                let (text, next) = strings::literal(m, self.s, self.at + 1, self.scanner.strict)?;
                self.at = next;
                text
            }
            Some(b'{') => {
                self.at += 1;
                let pairs = !self.scanner.object_pairs_hook.is_none();
                let container = if pairs { m.new_list(&[]).value() } else { m.new_dict().value() };
                self.skip_space();
                if self.peek() != Some(b'}') {
                    let key = self.key(m)?;
                    return Ok(Begun::Container(container, key));
                }
                self.at += 1;
                self.finish(m, container)?
            }
            Some(b'[') => {
                self.at += 1;
                let container = m.new_list(&[]).value();
                self.skip_space();
                if self.peek() != Some(b']') {
                    return Ok(Begun::Container(container, Value::NULL));
                }
                self.at += 1;
                container
            }
            Some(b'n') if constant("null") => {
                self.at += 4;
                Value::NONE
            }
            Some(b't') if constant("true") => {
                self.at += 4;
                Value::TRUE
            }
            Some(b'f') if constant("false") => {
                self.at += 5;
                Value::FALSE
            }
            Some(b'N') if constant("NaN") => self.constant(m, "NaN")?,
            Some(b'I') if constant("Infinity") => self.constant(m, "Infinity")?,
            Some(b'-') if constant("-Infinity") => self.constant(m, "-Infinity")?,
            Some(_) => self.number(m)?,
        };
        Ok(Begun::Term(term))
    }

    fn constant(&mut self, m: &mut Machine, text: &str) -> R<Value> {
        self.at += text.len();
        let text = m.intern(text).value();
        m.call(self.scanner.parse_constant, &[text])
    }

    fn number(&mut self, m: &mut Machine) -> R<Value> {
        let (start, s) = (self.at, self.s);
        let bytes = s.bytes();
        let digits = |mut at: usize| {
            while bytes.get(at).is_some_and(u8::is_ascii_digit) {
                at += 1;
            }
            at
        };
        let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
        let first = start + usize::from(bytes[start] == b'-');
        let mut at = match bytes.get(first) {
            Some(b'1'..=b'9') => digits(first),
            Some(b'0') => first + 1,
            _ => return Err(self.nothing(m, start)),
        };
        let mut float = false;
        if bytes.get(at) == Some(&b'.') && is_digit(at + 1) {
            float = true;
            at = digits(at + 1);
        }
        if let Some(b'e' | b'E') = bytes.get(at) {
            let from = at + 1 + usize::from(matches!(bytes.get(at + 1), Some(b'+' | b'-')));
            if is_digit(from) {
                float = true;
                at = digits(from);
            }
        }
        self.at = at;
        let text = &bytes[start..at];
        let (parse, own) = if float { (self.scanner.parse_float, m.types.float) } else { (self.scanner.parse_int, m.types.int) };
        if !parse.is(own.value()) {
            let text = m.new_str_counted(text, text.len())?.value();
            return m.call(parse, &[text]);
        }
        if float {
            return match float_parse::parse_float_bytes(text) {
                Ok(f) => Ok(m.new_float(f)),
                Err(e) => Err(m.raise_text(e)),
            };
        }
        if let Some(n) = std::str::from_utf8(text).ok().filter(|t| t.len() < 19).and_then(|t| t.parse().ok()) {
            return Ok(m.new_int(n));
        }
        match int_parse::parse_int_bytes(text, 10, m.int_max_str_digits) {
            Ok(n) => Ok(m.int_from_bigint(n)),
            Err(e) => Err(m.raise_text(e)),
        }
    }
}
