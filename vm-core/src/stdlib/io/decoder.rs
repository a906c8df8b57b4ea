//! Decoders of the machine's own encodings that take their bytes in pieces, for streams of text: what `codecs.getincrementaldecoder` gives
//! for the same encodings, without the standard library.

use super::newline::{self, NewlineDecoder};
use super::{exactly, this};
use crate::heap::Marker;
use crate::machine::{Machine, R};
use crate::native::{Args, BindSpec, Convention, MethodDef, TypeSpec};
use crate::object::header::{Gc, Header, Layout, LayoutId, Payload, layout_of};
use crate::object::string::Str;
use crate::object::tuple::Tuple;
use crate::object::typeobj::Type;
use crate::object::value::Value;
use crate::text::encoding::Encoding;
use crate::text::int_bytes::ByteOrder;
use std::cell::{Cell, RefCell};

/// A decoder with what it has not decoded yet.
#[repr(C)]
pub(super) struct OwnDecoder {
    header: Header,
    encoding: Encoding,
    errors: Value,
    /// The encoding of the rest, once a mark or its absence has settled it.
    settled: Cell<Option<Encoding>>,
    rest: RefCell<Vec<u8>>,
}

// SAFETY: repr(C), header first; traces its reference.
unsafe impl Payload for OwnDecoder {
    const LAYOUT: &'static Layout = &layout_of::<OwnDecoder>(LayoutId::OwnDecoder);
    fn trace(&self, m: &mut Marker<'_>) {
        m.mark(self.errors);
    }
}

/// The type of these decoders.
pub(super) fn decoder_type(m: &mut Machine) -> Gc<Type> {
    m.native_type(&SPEC)
}

static SPEC: TypeSpec = TypeSpec {
    methods: &[
        MethodDef::new("decode", Convention::FastKeywords, |m, v, args| {
            let spec = BindSpec { positional_only: 0, required: 1, max_positional: 2 };
            let [input, last] = args.bind(m, "decode", ["input", "final"], spec)?;
            let last = match last.non_null() {
                Some(last) => m.truthy(last)?,
                None => false,
            };
            let d = own(m, v)?;
            Ok(decode(m, d, input, last)?.value())
        }),
        MethodDef::new("getstate", Convention::NoArgs, |m, v, _| {
            let d = own(m, v)?;
            let rest = d.rest.borrow().clone();
            let rest = m.new_bytes(&rest)?.value();
            let flag = match d.settled.get() {
                None => 0,
                Some(Encoding::Wide(_, Some(ByteOrder::Big))) => 2,
                Some(_) => i64::from(d.encoding.settle(b"") != (d.encoding, 0)),
            };
            Ok(m.new_tuple(&[rest, Value::small(flag)]).value())
        }),
        MethodDef::new("setstate", Convention::O, |m, v, args| {
            let d = own(m, v)?;
            let Some(state) = args.pos()[0].downcast::<Tuple>().filter(|t| t.len() == 2) else {
                return Err(m.type_error("state argument must be a tuple"));
            };
            let rest = m.bytes_like_argument(state.slice()[0])?.to_vec();
            let flag = m.index_argument(state.slice()[1])?;
            d.settled.set(match (flag, d.encoding) {
                (0, _) => None,
                (2, Encoding::Wide(wide, _)) => Some(Encoding::Wide(wide, Some(ByteOrder::Big))),
                _ => Some(d.encoding.after_prefix()),
            });
            *d.rest.borrow_mut() = rest;
            Ok(Value::NONE)
        }),
        MethodDef::new("reset", Convention::NoArgs, |m, v, _: Args<'_>| {
            let d = own(m, v)?;
            d.settled.set(None);
            d.rest.borrow_mut().clear();
            Ok(Value::NONE)
        }),
    ],
    ..TypeSpec::new("_io._OwnDecoder", OwnDecoder::LAYOUT)
};

fn own(m: &mut Machine, v: Value) -> R<Gc<OwnDecoder>> {
    this(m, v, "_io._OwnDecoder")
}

/// A decoder of one of the machine's own encodings.
pub(super) fn new_own_decoder(m: &mut Machine, encoding: Encoding, errors: Value) -> Value {
    let ty = decoder_type(m);
    m.new_object(OwnDecoder { header: Header::new(ty), encoding, errors, settled: Cell::new(None), rest: RefCell::default() }).value()
}

/// Calls a decoder of any kind; what it gives is not checked.
pub(super) fn run(m: &mut Machine, decoder: Value, input: Value, last: bool) -> R<Value> {
    if let Some(d) = decoder.downcast::<OwnDecoder>() {
        return Ok(decode(m, d, input, last)?.value());
    }
    if let Some(d) = exactly::<NewlineDecoder>(m, decoder) {
        return Ok(newline::decode(m, d, input, last)?.value());
    }
    m.invoke(decoder, "decode", &[input, Value::from_bool(last)])
}

fn decode(m: &mut Machine, d: Gc<OwnDecoder>, input: Value, last: bool) -> R<Gc<Str>> {
    let input = m.bytes_like_argument(input)?;
    let errors = d.errors.downcast::<Str>();
    let encoding = d.settled.get().unwrap_or(d.encoding);
    let mut joined = d.rest.take();
    let bytes = if joined.is_empty() {
        input
    } else {
        joined.extend_from_slice(input);
        &joined[..]
    };
    if d.settled.get().is_none() && !last && encoding.is_unsettled(bytes) {
        *d.rest.borrow_mut() = bytes.to_vec();
        return Ok(m.names.empty);
    }
    if d.settled.get().is_none() && !bytes.is_empty() {
        d.settled.set(Some(encoding.settle(bytes).0));
    }
    let (text, used) = m.decode_own(bytes, encoding, errors, last)?;
    if used < bytes.len() {
        *d.rest.borrow_mut() = bytes[used..].to_vec();
    }
    Ok(text)
}
