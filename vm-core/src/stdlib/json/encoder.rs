//! `make_encoder`: writes a value as JSON.

use super::{FUNCTIONS, escape};
use crate::heap::Marker;
use crate::machine::{Machine, R};
use crate::native::{Args, BindSpec, GetSetDef, TypeSpec};
use crate::object::buffer::ValueVec;
use crate::object::dict::Dict;
use crate::object::function::NativeFunction;
use crate::object::header::{Gc, Header, Layout, LayoutId, Payload, layout_of};
use crate::object::list::List;
use crate::object::object_type::address;
use crate::object::slots::Slots;
use crate::object::string::Str;
use crate::object::tuple::Tuple;
use crate::object::typeobj::Type;
use crate::object::value::Value;
use crate::text::wtf8::StrBuf;

/// An encoder: what `JSONEncoder` was made with.
#[repr(C)]
struct Encoder {
    header: Header,
    markers: Value,
    default: Value,
    encoder: Value,
    indent: Value,
    key_separator: Gc<Str>,
    item_separator: Gc<Str>,
    sort_keys: bool,
    skip_keys: bool,
    allow_nan: bool,
    /// The encoder is one of ours: whether it escapes all but ASCII.
    fast: Option<bool>,
}

// SAFETY: repr(C), header first; traces its references.
unsafe impl Payload for Encoder {
    const LAYOUT: &'static Layout = &layout_of::<Encoder>(LayoutId::JsonEncoder);
    fn trace(&self, m: &mut Marker<'_>) {
        m.mark_all(&[self.markers, self.default, self.encoder, self.indent]);
        m.mark_gc(self.key_separator);
        m.mark_gc(self.item_separator);
    }
}

/// `_json.Encoder`.
pub(super) static SPEC: TypeSpec = TypeSpec {
    slots: Slots { new: Some(new), call: Some(call), ..Slots::EMPTY },
    getset: &[
        GetSetDef { name: "markers", get: |_, v| Ok(this(v).markers), set: None },
        GetSetDef { name: "default", get: |_, v| Ok(this(v).default), set: None },
        GetSetDef { name: "encoder", get: |_, v| Ok(this(v).encoder), set: None },
        GetSetDef { name: "indent", get: |_, v| Ok(this(v).indent), set: None },
        GetSetDef { name: "key_separator", get: |_, v| Ok(this(v).key_separator.value()), set: None },
        GetSetDef { name: "item_separator", get: |_, v| Ok(this(v).item_separator.value()), set: None },
        GetSetDef { name: "sort_keys", get: |_, v| Ok(Value::from_bool(this(v).sort_keys)), set: None },
        GetSetDef { name: "skipkeys", get: |_, v| Ok(Value::from_bool(this(v).skip_keys)), set: None },
    ],
    doc: "Encoder(markers, default, encoder, indent, key_separator, item_separator, sort_keys, skipkeys, allow_nan)",
    ..TypeSpec::new("_json.Encoder", Encoder::LAYOUT)
};

fn this(v: Value) -> Gc<Encoder> {
    // SAFETY: slots and attributes of a type are called with its instances only.
    unsafe { v.cast() }
}

fn new(m: &mut Machine, ty: Gc<Type>, args: Args<'_>) -> R<Value> {
    let names = ["markers", "default", "encoder", "indent", "key_separator", "item_separator", "sort_keys", "skipkeys", "allow_nan"];
    let spec = BindSpec { positional_only: 0, required: 9, max_positional: 9 };
    let [markers, default, encoder, indent, key, item, sort, skip, nan] = args.bind(m, "make_encoder", names, spec)?;
    let mut separators = [m.names.empty; 2];
    for (i, (to, v)) in separators.iter_mut().zip([key, item]).enumerate() {
        match v.downcast::<Str>() {
            Some(s) => *to = s,
            None => {
                let name = m.type_name(v);
                return Err(m.type_error(&format!("make_encoder() argument {} must be str, not {name}", i + 5)));
            }
        }
    }
    if !markers.is_none() && markers.downcast::<Dict>().is_none() {
        let name = m.type_name(markers);
        return Err(m.type_error(&format!("make_encoder() argument 1 must be dict or None, not {name}")));
    }
    let fast = encoder.downcast::<NativeFunction>().and_then(|f| {
        let same = |i: usize| std::ptr::eq(f.def, &raw const FUNCTIONS[i]);
        if same(0) { Some(true) } else { same(1).then_some(false) }
    });
    let [key_separator, item_separator] = separators;
    let (sort_keys, skip_keys, allow_nan) = (m.truthy(sort)?, m.truthy(skip)?, m.truthy(nan)?);
    let header = Header::new(ty);
    let made = Encoder { header, markers, default, encoder, indent, key_separator, item_separator, sort_keys, skip_keys, allow_nan, fast };
    Ok(m.new_object(made).value())
}

fn call(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    let spec = BindSpec { positional_only: 0, required: 2, max_positional: 2 };
    let [object, level] = args.bind(m, "_iterencode", ["obj", "_current_indent_level"], spec)?;
    let level = m.ssize_argument(level, 0)?;
    let e = this(v);
    let indent = match e.indent.downcast::<Str>() {
        Some(s) if !e.indent.is_none() => Some(s.bytes().to_vec()),
        _ => None,
    };
    let mut writer = Writer { e, out: StrBuf::with_capacity(128), indent, level: usize::try_from(level).unwrap_or(0) };
    writer.value(m, object)?;
    let text = m.str_from_text(&writer.out)?.value();
    Ok(m.new_tuple(&[text]).value())
}

struct Writer {
    e: Gc<Encoder>,
    out: StrBuf,
    indent: Option<Vec<u8>>,
    level: usize,
}

impl Writer {
    fn value(&mut self, m: &mut Machine, v: Value) -> R<()> {
        if v.is_none() {
            self.out.push_rust("null");
        } else if v.is_bool() {
            self.out.push_rust(if v == Value::TRUE { "true" } else { "false" });
        } else if let Some(s) = v.downcast::<Str>() {
            self.string(m, s)?;
        } else if v.is_int() || m.is_int_instance(v) {
            let text = self.int(m, v)?;
            self.out.push_str(text.text());
        } else if m.float_value(v).is_some() {
            let text = self.float(m, v)?;
            self.out.push_str(text.text());
        } else if v.downcast::<List>().is_some() || v.downcast::<Tuple>().is_some() {
            self.check_depth(m)?;
            self.list(m, v)?;
        } else if let Some(dict) = v.downcast::<Dict>() {
            self.check_depth(m)?;
            self.dict(m, dict)?;
        } else {
            let marker = self.enter(m, v)?;
            let replacement = m.call(self.e.default, &[v])?;
            m.check_native_stack()?;
            self.value(m, replacement)?;
            self.leave(m, marker)?;
        }
        Ok(())
    }

    /// As many containers inside one another as CPython's limit on its C stack lets be.
    fn check_depth(&self, m: &mut Machine) -> R<()> {
        const MAX_DEPTH: usize = 9_997;
        if self.level > MAX_DEPTH {
            return Err(m.recursion_error("maximum recursion depth exceeded while encoding a JSON object"));
        }
        m.check_native_stack()
    }

    fn int(&mut self, m: &mut Machine, v: Value) -> R<Gc<Str>> {
        let plain = m.exact_int(v);
        m.repr(plain)
    }

    fn float(&mut self, m: &mut Machine, v: Value) -> R<Gc<Str>> {
        let f = m.float_value(v).unwrap_or_default();
        if f.is_finite() {
            let plain = m.new_float(f);
            return m.repr(plain);
        }
        if !self.e.allow_nan {
            let shown = m.repr(v)?.to_string_lossy().into_owned();
            return Err(m.value_error(&format!("Out of range float values are not JSON compliant: {shown}")));
        }
        Ok(m.intern(if f.is_nan() {
            "NaN"
        } else if f > 0.0 {
            "Infinity"
        } else {
            "-Infinity"
        }))
    }

    fn string(&mut self, m: &mut Machine, s: Gc<Str>) -> R<()> {
        if let Some(ascii) = self.e.fast {
            escape::write(&mut self.out, s.text(), ascii);
            return Ok(());
        }
        let encoded = m.call(self.e.encoder, &[s.value()])?;
        let Some(encoded) = encoded.downcast::<Str>() else {
            let name = m.type_name(encoded);
            return Err(m.type_error(&format!("encoder() must return a string, not {name}")));
        };
        self.out.push_str(encoded.text());
        Ok(())
    }

    /// Remembers that an object is being written; raises if it is already.
    fn enter(&mut self, m: &mut Machine, v: Value) -> R<Value> {
        let Some(markers) = self.e.markers.downcast::<Dict>() else { return Ok(Value::NULL) };
        let id = m.int_from_usize(address(v));
        if markers.contains(m, id)? {
            return Err(m.value_error("Circular reference detected"));
        }
        markers.insert(m, id, v)?;
        Ok(id)
    }

    fn leave(&mut self, m: &mut Machine, id: Value) -> R<()> {
        if let Some(markers) = self.e.markers.downcast::<Dict>().filter(|_| !id.is_null()) {
            markers.remove(m, id)?;
        }
        Ok(())
    }

    fn new_line(&mut self) {
        if let Some(indent) = &self.indent {
            self.out.push_ascii_byte(b'\n');
            let indent = crate::text::wtf8::StrRef::new(indent);
            for _ in 0..self.level {
                self.out.push_str(indent);
            }
        }
    }

    fn separator(&mut self) {
        self.out.push_str(self.e.item_separator.text());
        self.new_line();
    }

    fn list(&mut self, m: &mut Machine, v: Value) -> R<()> {
        let item = |i: usize| match v.downcast::<List>() {
            Some(list) => list.get(i),
            None => v.downcast::<Tuple>().and_then(|t| t.slice().get(i).copied()),
        };
        if item(0).is_none() {
            self.out.push_rust("[]");
            return Ok(());
        }
        let marker = self.enter(m, v)?;
        self.out.push_ascii_byte(b'[');
        self.level += 1;
        self.new_line();
        let mut i = 0;
        while let Some(one) = item(i) {
            if i > 0 {
                self.separator();
            }
            self.value(m, one)?;
            i += 1;
        }
        self.level -= 1;
        self.new_line();
        self.out.push_ascii_byte(b']');
        self.leave(m, marker)
    }

    fn dict(&mut self, m: &mut Machine, dict: Gc<Dict>) -> R<()> {
        if dict.is_empty() {
            self.out.push_rust("{}");
            return Ok(());
        }
        let marker = self.enter(m, dict.value())?;
        self.out.push_ascii_byte(b'{');
        self.level += 1;
        let mut first = true;
        if self.e.sort_keys || m.type_of(dict.value()) != m.types.dict {
            let name = m.intern("items");
            let items = m.call_method(dict.value(), name, &[])?;
            let items: ValueVec = m.collect(items)?;
            let items = m.list_from_vec(items);
            if self.e.sort_keys {
                m.sort_list(items, Args::positional(&[]))?;
            }
            let mut i = 0;
            while let Some(pair) = items.get(i) {
                let Some(&[key, value]) = pair.downcast::<Tuple>().map(Gc::<Tuple>::slice) else {
                    return Err(m.value_error("items must return 2-tuples"));
                };
                self.item(m, key, value, &mut first)?;
                i += 1;
            }
        } else {
            let mut at = 0;
            while let Some((i, entry)) = dict.next_entry(at) {
                at = i + 1;
                self.item(m, entry.key, entry.value, &mut first)?;
            }
        }
        self.level -= 1;
        if !first {
            self.new_line();
        }
        self.out.push_ascii_byte(b'}');
        self.leave(m, marker)
    }

    fn item(&mut self, m: &mut Machine, key: Value, value: Value, first: &mut bool) -> R<()> {
        let key = if let Some(s) = key.downcast::<Str>() {
            s
        } else if m.float_value(key).is_some() {
            self.float(m, key)?
        } else if key.is_none() || key.is_bool() {
            m.intern(if key.is_none() {
                "null"
            } else if key == Value::TRUE {
                "true"
            } else {
                "false"
            })
        } else if m.is_int_instance(key) {
            self.int(m, key)?
        } else if self.e.skip_keys {
            return Ok(());
        } else {
            let name = m.type_name(key);
            return Err(m.type_error(&format!("keys must be str, int, float, bool or None, not {name}")));
        };
        if *first {
            *first = false;
            self.new_line();
        } else {
            self.separator();
        }
        self.string(m, key)?;
        self.out.push_str(self.e.key_separator.text());
        self.value(m, value)
    }
}
