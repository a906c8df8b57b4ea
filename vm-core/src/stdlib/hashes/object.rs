//! Hash objects: one Rust struct, one Python type for each algorithm.

use super::blake2;
use super::state::State;
use crate::heap::Marker;
use crate::machine::{Machine, R};
use crate::native::{Args, BindSpec, Convention, GetSetDef, MethodDef, TypeSpec};
use crate::object::header::{Gc, Header, Layout, LayoutId, Payload, layout_of};
use crate::object::slots::Slots;
use crate::object::string::Str;
use crate::object::typeobj::{Type, TypeFlags};
use crate::object::value::Value;
use crate::text::bytes_ops;
use std::cell::RefCell;

/// An algorithm, numbered as in [`HASHERS`].
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    Md5,
    Sha1,
    Sha224,
    Sha256,
    Sha384,
    Sha512,
    Sha3_224,
    Sha3_256,
    Sha3_384,
    Sha3_512,
    Shake128,
    Shake256,
    Blake2b,
    Blake2s,
}

/// What is known of an algorithm.
pub(super) struct HasherInfo {
    pub(super) spec: &'static TypeSpec,
    name: &'static str,
    block_size: i64,
    digest_size: i64,
    start: fn() -> State,
}

/// A hash under way.
#[repr(C)]
pub(super) struct HashObj {
    header: Header,
    kind: Kind,
    digest_size: i64,
    state: RefCell<Box<State>>,
}

// SAFETY: repr(C), header first, no references.
unsafe impl Payload for HashObj {
    const LAYOUT: &'static Layout = &layout_of::<HashObj>(LayoutId::Hasher);
    fn trace(&self, _: &mut Marker<'_>) {}
}

type NewFn = fn(&mut Machine, Gc<Type>, Args<'_>) -> R<Value>;

const fn spec(name: &'static str, new: Option<NewFn>, methods: &'static [MethodDef]) -> TypeSpec {
    TypeSpec {
        flags: if new.is_some() { 0 } else { TypeFlags::DISALLOW_INSTANTIATION },
        slots: Slots { new, ..Slots::EMPTY },
        methods,
        getset: GETSET,
        ..TypeSpec::new(name, HashObj::LAYOUT)
    }
}

macro_rules! hashers {
    ($($kind:ident: $static:ident, $type_name:literal, $name:literal, $block:literal, $size:literal, $new:expr, $methods:expr, $start:expr;)*) => {
        $(static $static: TypeSpec = spec($type_name, $new, $methods);)*
        /// All algorithms, in the order of [`Kind`].
        pub(super) static HASHERS: &[HasherInfo] = &[$(
            HasherInfo { spec: &$static, name: $name, block_size: $block, digest_size: $size, start: || State::$kind($start) },
        )*];
    };
}

hashers! {
    Md5: MD5, "_md5.md5", "md5", 64, 16, None, SHA_METHODS, Default::default();
    Sha1: SHA1, "_sha1.sha1", "sha1", 64, 20, None, SHA_METHODS, Default::default();
    Sha224: SHA224, "_sha2.SHA224Type", "sha224", 64, 28, None, SHA_METHODS, Default::default();
    Sha256: SHA256, "_sha2.SHA256Type", "sha256", 64, 32, None, SHA_METHODS, Default::default();
    Sha384: SHA384, "_sha2.SHA384Type", "sha384", 128, 48, None, SHA_METHODS, Default::default();
    Sha512: SHA512, "_sha2.SHA512Type", "sha512", 128, 64, None, SHA_METHODS, Default::default();
    Sha3_224: SHA3_224, "_sha3.sha3_224", "sha3_224", 144, 28, Some(new::<6>), METHODS, Default::default();
    Sha3_256: SHA3_256, "_sha3.sha3_256", "sha3_256", 136, 32, Some(new::<7>), METHODS, Default::default();
    Sha3_384: SHA3_384, "_sha3.sha3_384", "sha3_384", 104, 48, Some(new::<8>), METHODS, Default::default();
    Sha3_512: SHA3_512, "_sha3.sha3_512", "sha3_512", 72, 64, Some(new::<9>), METHODS, Default::default();
    Shake128: SHAKE128, "_sha3.shake_128", "shake_128", 168, 0, Some(new::<10>), SHAKE_METHODS, Default::default();
    Shake256: SHAKE256, "_sha3.shake_256", "shake_256", 136, 0, Some(new::<11>), SHAKE_METHODS, Default::default();
    Blake2b: BLAKE2B, "_blake2.blake2b", "blake2b", 128, 64, Some(blake2::new_b), METHODS, blake2b_simd::State::new();
    Blake2s: BLAKE2S, "_blake2.blake2s", "blake2s", 64, 32, Some(blake2::new_s), METHODS, blake2s_simd::State::new();
}

static METHODS: &[MethodDef] = &methods(Convention::NoArgs);
static SHA_METHODS: &[MethodDef] = &methods(Convention::class(0, 0));

const fn methods(copies: Convention) -> [MethodDef; 4] {
    [
        MethodDef::new("update", Convention::O, update),
        MethodDef::new("copy", copies, copy),
        MethodDef::new("digest", Convention::NoArgs, |m, v, _| {
            let digest = this(v).state.borrow().digest(0);
            Ok(m.new_bytes(&digest)?.value())
        }),
        MethodDef::new("hexdigest", Convention::NoArgs, |m, v, _| {
            let digest = this(v).state.borrow().digest(0);
            Ok(m.str_value(&bytes_ops::hex(&digest, None, 0)))
        }),
    ]
}

static SHAKE_METHODS: &[MethodDef] = &[
    MethodDef::new("update", Convention::O, update),
    MethodDef::new("copy", Convention::NoArgs, copy),
    MethodDef::new("digest", Convention::O, |m, v, args| {
        let digest = long_digest(m, v, args)?;
        Ok(m.new_bytes(&digest)?.value())
    }),
    MethodDef::new("hexdigest", Convention::O, |m, v, args| {
        let digest = long_digest(m, v, args)?;
        Ok(m.new_str_wtf8(bytes_ops::hex(&digest, None, 0).as_bytes())?.value())
    }),
];

static GETSET: &[GetSetDef] = &[
    GetSetDef { name: "name", get: |m, v| Ok(m.str_value(HASHERS[this(v).kind as usize].name)), set: None },
    GetSetDef { name: "block_size", get: |_, v| Ok(Value::small(HASHERS[this(v).kind as usize].block_size)), set: None },
    GetSetDef { name: "digest_size", get: |_, v| Ok(Value::small(this(v).digest_size)), set: None },
];

fn this(v: Value) -> Gc<HashObj> {
    // SAFETY: methods and attributes of a type are called with its instances only.
    unsafe { v.cast() }
}

/// The bytes to hash, from an argument.
pub(super) fn data<'a>(m: &mut Machine, v: Value) -> R<&'a [u8]> {
    if v.downcast::<Str>().is_some() {
        return Err(m.type_error("Strings must be encoded before hashing"));
    }
    match m.bytes_like(v) {
        Some(bytes) => Ok(bytes),
        None => Err(m.type_error("object supporting the buffer API required")),
    }
}

/// A new hash object, already fed with `bytes` unless that is `NULL`.
pub(super) fn make(m: &mut Machine, kind: Kind, bytes: Value) -> R<Value> {
    let info = &HASHERS[kind as usize];
    wrap(m, kind, (info.start)(), info.digest_size, bytes)
}

/// A hash object of a state.
pub(super) fn wrap(m: &mut Machine, kind: Kind, mut state: State, digest_size: i64, bytes: Value) -> R<Value> {
    if !bytes.is_null() {
        state.update(data(m, bytes)?);
    }
    let ty = m.native_type(HASHERS[kind as usize].spec);
    let state = RefCell::new(Box::new(state));
    Ok(m.new_object(HashObj { header: Header::new(ty), kind, digest_size, state }).value())
}

const KINDS: [Kind; 6] = [Kind::Sha3_224, Kind::Sha3_256, Kind::Sha3_384, Kind::Sha3_512, Kind::Shake128, Kind::Shake256];

/// Calls of the types of `_sha3`.
fn new<const N: usize>(m: &mut Machine, _: Gc<Type>, args: Args<'_>) -> R<Value> {
    let kind = KINDS[N - 6];
    let spec = BindSpec { positional_only: 1, required: 0, max_positional: 1 };
    let [bytes, _] = args.bind(m, HASHERS[N].name, ["data", "usedforsecurity"], spec)?;
    make(m, kind, bytes)
}

fn update(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    let bytes = data(m, args.pos()[0])?;
    this(v).state.borrow_mut().update(bytes);
    Ok(Value::NONE)
}

fn copy(m: &mut Machine, v: Value, _: Args<'_>) -> R<Value> {
    let (header, state) = (Header::new(m.type_of(v)), this(v).state.borrow().clone());
    let (kind, digest_size) = (this(v).kind, this(v).digest_size);
    Ok(m.new_object(HashObj { header, kind, digest_size, state: RefCell::new(state) }).value())
}

fn long_digest(m: &mut Machine, v: Value, args: Args<'_>) -> R<Vec<u8>> {
    const MAX_BYTES: i64 = 1 << 29;
    let length = args.pos()[0];
    if !m.is_int_instance(length) {
        return Err(m.type_error("an integer is required"));
    }
    let n = m.index(length)?;
    match m.int_as_i64(n) {
        Some(n) if (0..MAX_BYTES).contains(&n) => Ok(this(v).state.borrow().digest(n as usize)),
        Some(n) if n < 0 => Err(m.value_error("value must be positive")),
        _ => Err(m.value_error("length is too large")),
    }
}
