//! `_multibytecodec` and the modules that hand out its codecs (`_codecs_cn`, `_codecs_hk`, `_codecs_jp`, `_codecs_kr`, `_codecs_tw`). The
//! conversions are the machine's own encodings (`text/codecs_cjk.rs`), which need none of this; it serves the package `encodings`.

use super::native_struct::{native_struct, this};
use crate::machine::{Machine, R};
use crate::native::{Args, BindSpec, Convention, MethodDef, ModuleSpec, TypeSpec};
use crate::object::header::{Gc, Header, Payload};
use crate::object::slots::Slots;
use crate::object::string::Str;
use crate::object::tuple::Tuple;
use crate::object::typeobj::{Type, TypeFlags};
use crate::object::value::Value;
use crate::text::codecs_cjk::Cjk;
use crate::text::encoding::Encoding;
use std::cell::Cell;

native_struct! {
    /// A codec, known by its name.
    struct MultibyteCodec {
        name: Gc<Str>,
    }
}

native_struct! {
    /// An incremental encoder, decoder, or one end of a stream: what it has not used yet, and its error handler.
    struct MultibytePiecewise {
        rest: Cell<Value>,
        errors: Cell<Value>,
    }
}

/// `_multibytecodec`.
pub(super) static SPEC: ModuleSpec = ModuleSpec {
    name: "_multibytecodec",
    functions: &[],
    init: Some(|m, dict| {
        m.add_native_types(dict, &[&ENCODER, &DECODER, &READER, &WRITER]);
        Ok(())
    }),
    doc: "",
};

macro_rules! families {
    ($($spec:ident $name:literal [$($codec:literal)*],)*) => {
        $(
            /// Gives the codecs of one family.
            pub(super) static $spec: ModuleSpec = ModuleSpec {
                name: $name,
                functions: &[MethodDef::new("getcodec", Convention::O, |m, _, args| getcodec(m, args.pos()[0], &[$($codec),*]))],
                init: None,
                doc: "",
            };
        )*
    };
}

families! {
    CN "_codecs_cn" ["gb2312" "gbk" "gb18030"],
    HK "_codecs_hk" ["big5hkscs"],
    JP "_codecs_jp" ["shift_jis" "cp932" "euc_jp"],
    KR "_codecs_kr" ["euc_kr" "cp949"],
    TW "_codecs_tw" ["big5" "cp950"],
}

fn getcodec(m: &mut Machine, name: Value, known: &[&str]) -> R<Value> {
    let Some(name) = name.downcast::<Str>() else {
        return Err(m.type_error("encoding name must be a string."));
    };
    if !known.iter().any(|k| k.as_bytes() == name.bytes()) {
        return Err(m.raise_lookup("no such codec is supported."));
    }
    let ty = m.native_type(&CODEC);
    Ok(m.new_object(MultibyteCodec { header: Header::new(ty), name }).value())
}

fn encoding(m: &mut Machine, codec: Value) -> R<Encoding> {
    let codec: Gc<MultibyteCodec> = this(m, codec)?;
    match std::str::from_utf8(codec.name.bytes()).ok().and_then(Cjk::of_name) {
        Some(cjk) => Ok(Encoding::Cjk(cjk)),
        None => Err(m.raise_lookup("no such codec is supported.")),
    }
}

fn handler(m: &mut Machine, function: &str, errors: Value) -> R<Option<Gc<Str>>> {
    match errors.non_null().filter(|v| !v.is_none()) {
        None => Ok(None),
        Some(v) => match v.downcast::<Str>() {
            Some(name) => Ok(Some(name)),
            None => Err(m.bad_argument(function, "argument 'errors'", "str or None", v)),
        },
    }
}

/// `_multibytecodec.MultibyteCodec`.
static CODEC: TypeSpec = TypeSpec {
    methods: &[
        MethodDef::new("encode", Convention::FastKeywords, |m, codec, args| {
            let spec = BindSpec { positional_only: 0, required: 1, max_positional: 2 };
            let [input, errors] = args.bind(m, "encode", ["input", "errors"], spec)?;
            let (encoding, errors) = (encoding(m, codec)?, handler(m, "encode", errors)?);
            let Some(text) = input.downcast::<Str>() else {
                return Err(m.type_error("couldn't convert the object to str."));
            };
            let bytes = m.encode_own(text, encoding, errors)?;
            let bytes = m.new_bytes(&bytes)?.value();
            Ok(m.new_tuple(&[bytes, Value::small(text.char_len() as i64)]).value())
        }),
        MethodDef::new("decode", Convention::FastKeywords, |m, codec, args| {
            let spec = BindSpec { positional_only: 0, required: 1, max_positional: 2 };
            let [input, errors] = args.bind(m, "decode", ["input", "errors"], spec)?;
            let (encoding, errors) = (encoding(m, codec)?, handler(m, "decode", errors)?);
            let bytes = m.bytes_like_argument(input)?;
            let len = bytes.len() as i64;
            let text = m.decode_own(bytes, encoding, errors, true)?.0.value();
            Ok(m.new_tuple(&[text, Value::small(len)]).value())
        }),
    ],
    ..TypeSpec::new("_multibytecodec.MultibyteCodec", MultibyteCodec::LAYOUT)
};

const fn piecewise(name: &'static str, methods: &'static [MethodDef]) -> TypeSpec {
    TypeSpec {
        flags: TypeFlags::BASETYPE,
        slots: Slots { new: Some(new), init: Some(init), ..Slots::EMPTY },
        methods,
        getset: &[crate::native::GetSetDef {
            name: "errors",
            get: |m, v| Ok(own(m, v)?.errors.get()),
            set: Some(|m, v, errors| {
                if errors.downcast::<Str>().is_none() {
                    return Err(m.type_error("errors must be a string"));
                }
                own(m, v)?.errors.set(errors);
                Ok(())
            }),
        }],
        ..TypeSpec::new(name, MultibytePiecewise::LAYOUT)
    }
}

static ENCODER: TypeSpec = piecewise(
    "_multibytecodec.MultibyteIncrementalEncoder",
    &[
        MethodDef::new("encode", Convention::FastKeywords, |m, v, args| {
            let spec = BindSpec { positional_only: 0, required: 1, max_positional: 2 };
            let [input, _] = args.bind(m, "encode", ["input", "final"], spec)?;
            let (encoding, errors) = codec_of(m, v)?;
            let Some(text) = input.downcast::<Str>() else {
                return Err(m.type_error("couldn't convert the object to str."));
            };
            let bytes = m.encode_own(text, encoding, errors)?;
            Ok(m.new_bytes(&bytes)?.value())
        }),
        MethodDef::new("getstate", Convention::NoArgs, |_, _, _| Ok(Value::small(0))),
        MethodDef::new("setstate", Convention::O, |m, _, args| m.index_argument(args.pos()[0]).map(|_| Value::NONE)),
        MethodDef::new("reset", Convention::NoArgs, |_, _, _| Ok(Value::NONE)),
    ],
);

static DECODER: TypeSpec = piecewise(
    "_multibytecodec.MultibyteIncrementalDecoder",
    &[
        MethodDef::new("decode", Convention::FastKeywords, |m, v, args| {
            let spec = BindSpec { positional_only: 0, required: 1, max_positional: 2 };
            let [input, last] = args.bind(m, "decode", ["input", "final"], spec)?;
            let last = if last.is_null() { false } else { m.truthy(last)? };
            let (encoding, errors) = codec_of(m, v)?;
            let input = m.bytes_like_argument(input)?.to_vec();
            let rest = own(m, v)?.rest.get();
            let bytes = [m.bytes_like(rest).unwrap_or_default(), &input].concat();
            let (text, used) = m.decode_own(&bytes, encoding, errors, last)?;
            let left = m.new_bytes(&bytes[used..])?.value();
            own(m, v)?.rest.set(left);
            Ok(text.value())
        }),
        MethodDef::new("getstate", Convention::NoArgs, |m, v, _| {
            let rest = own(m, v)?.rest.get();
            Ok(m.new_tuple(&[rest, Value::small(0)]).value())
        }),
        MethodDef::new("setstate", Convention::O, |m, v, args| {
            let state = args.pos()[0].downcast::<Tuple>().filter(|t| t.len() == 2);
            let Some(state) = state else { return Err(m.type_error("setstate() argument 1 must be a tuple")) };
            let rest = state.slice()[0];
            m.bytes_like_argument(rest)?;
            own(m, v)?.rest.set(rest);
            Ok(Value::NONE)
        }),
        MethodDef::new("reset", Convention::NoArgs, |m, v, _| {
            let empty = m.new_bytes(b"")?.value();
            own(m, v)?.rest.set(empty);
            Ok(Value::NONE)
        }),
    ],
);

/// Streams read and write as `codecs.StreamReader` and `codecs.StreamWriter` do, which the classes that derive from these derive from too.
static READER: TypeSpec =
    TypeSpec { flags: TypeFlags::BASETYPE, ..TypeSpec::new("_multibytecodec.MultibyteStreamReader", MultibytePiecewise::LAYOUT) };
static WRITER: TypeSpec =
    TypeSpec { flags: TypeFlags::BASETYPE, ..TypeSpec::new("_multibytecodec.MultibyteStreamWriter", MultibytePiecewise::LAYOUT) };

fn own(m: &mut Machine, v: Value) -> R<Gc<MultibytePiecewise>> {
    this(m, v)
}

/// The codec of the object's class, and the object's error handler.
fn codec_of(m: &mut Machine, v: Value) -> R<(Encoding, Option<Gc<Str>>)> {
    let name = m.intern("codec");
    let codec = m.get_attr(v, name)?;
    if codec.downcast::<MultibyteCodec>().is_none() {
        return Err(m.type_error("codec is unexpected type"));
    }
    let errors = own(m, v)?.errors.get().downcast::<Str>();
    Ok((encoding(m, codec)?, errors))
}

fn new(m: &mut Machine, ty: Gc<Type>, args: Args<'_>) -> R<Value> {
    let spec = BindSpec { positional_only: 0, required: 0, max_positional: 1 };
    let [errors] = args.bind(m, "MultibyteIncrementalDecoder", ["errors"], spec)?;
    let errors = if errors.is_null() { m.str_value("strict") } else { errors };
    let rest = m.new_bytes(b"")?.value();
    let made = m.new_object(MultibytePiecewise { header: Header::new(ty), rest: Cell::new(rest), errors: Cell::new(errors) });
    codec_of(m, made.value())?;
    Ok(made.value())
}

fn init(_: &mut Machine, _: Value, _: Args<'_>) -> R<()> {
    Ok(())
}
