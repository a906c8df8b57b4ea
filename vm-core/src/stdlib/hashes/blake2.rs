//! Arguments of `blake2b` and `blake2s`.

use super::object::{Kind, data, wrap};
use super::state::State;
use crate::machine::{Machine, R};
use crate::native::{Args, BindSpec};
use crate::object::header::Gc;
use crate::object::typeobj::Type;
use crate::object::value::Value;
use num_traits::ToPrimitive;

/// Greatest sizes, in bytes.
#[derive(Clone, Copy)]
pub(super) struct Limits {
    pub(super) digest: usize,
    pub(super) key: usize,
    pub(super) salt: usize,
    pub(super) person: usize,
    node_offset_bits: u32,
}

/// Of BLAKE2b.
pub(super) const LIMITS_B: Limits = Limits { digest: 64, key: 64, salt: 16, person: 16, node_offset_bits: 64 };
/// Of BLAKE2s.
pub(super) const LIMITS_S: Limits = Limits { digest: 32, key: 32, salt: 8, person: 8, node_offset_bits: 48 };

struct Params {
    digest_size: usize,
    key: Vec<u8>,
    salt: Vec<u8>,
    person: Vec<u8>,
    fanout: u8,
    depth: u8,
    leaf_size: u32,
    node_offset: u64,
    node_depth: u8,
    inner_size: usize,
    last_node: bool,
}

fn parse(m: &mut Machine, name: &str, limits: Limits, args: Args<'_>) -> R<(Params, Value)> {
    let names = [
        "data",
        "digest_size",
        "key",
        "salt",
        "person",
        "fanout",
        "depth",
        "leaf_size",
        "node_offset",
        "node_depth",
        "inner_size",
        "last_node",
        "usedforsecurity",
    ];
    let spec = BindSpec { positional_only: 1, required: 0, max_positional: 1 };
    let [bytes, digest, key, salt, person, fanout, depth, leaf, offset, node_depth, inner, last, _] = args.bind(m, name, names, spec)?;
    let digest_size = m.c_int_argument(digest, limits.digest as i32)?;
    let mut texts = [const { Vec::new() }; 3];
    for (to, v) in texts.iter_mut().zip([key, salt, person]) {
        if !v.is_null() {
            *to = m.bytes_like_argument(v)?.to_vec();
        }
    }
    let [key, salt, person] = texts;
    let fanout = m.c_int_argument(fanout, 1)?;
    let depth = m.c_int_argument(depth, 1)?;
    let leaf = if leaf.is_null() { 0.into() } else { m.index_bigint(leaf)? };
    let offset = if offset.is_null() { 0.into() } else { m.index_bigint(offset)? };
    let node_depth = m.c_int_argument(node_depth, 0)?;
    let inner = m.c_int_argument(inner, 0)?;
    let last_node = m.flag_argument(last, false)?;
    if digest_size <= 0 || digest_size as usize > limits.digest {
        return Err(m.value_error(&format!("digest_size must be between 1 and {} bytes", limits.digest)));
    }
    if salt.len() > limits.salt {
        return Err(m.value_error(&format!("maximum salt length is {} bytes", limits.salt)));
    }
    if person.len() > limits.person {
        return Err(m.value_error(&format!("maximum person length is {} bytes", limits.person)));
    }
    let Ok(fanout) = u8::try_from(fanout) else { return Err(m.value_error("fanout must be between 0 and 255")) };
    let Some(depth) = u8::try_from(depth).ok().filter(|&d| d > 0) else {
        return Err(m.value_error("depth must be between 1 and 255"));
    };
    let Some(leaf_size) = leaf.to_u32() else {
        return Err(m.overflow_error(if leaf < 0.into() {
            "can't convert negative value to unsigned int"
        } else {
            "leaf_size is too large"
        }));
    };
    let Some(node_offset) = offset.to_u64().filter(|&n| limits.node_offset_bits == 64 || n >> limits.node_offset_bits == 0) else {
        return Err(m.overflow_error(if offset < 0.into() {
            "can't convert negative int to unsigned"
        } else if offset.bits() > 64 {
            "int too big to convert"
        } else {
            "node_offset is too large"
        }));
    };
    let Ok(node_depth) = u8::try_from(node_depth) else { return Err(m.value_error("node_depth must be between 0 and 255")) };
    if inner < 0 || inner as usize > limits.digest {
        return Err(m.value_error(&format!("inner_size must be between 0 and is {}", limits.digest)));
    }
    if key.len() > limits.key {
        return Err(m.value_error(&format!("maximum key length is {} bytes", limits.key)));
    }
    let (digest_size, inner_size) = (digest_size as usize, inner as usize);
    let p = Params { digest_size, key, salt, person, fanout, depth, leaf_size, node_offset, node_depth, inner_size, last_node };
    Ok((p, bytes))
}

macro_rules! state {
    ($crate_name:ident, $p:expr) => {{
        let p = &$p;
        let mut params = $crate_name::Params::new();
        params
            .hash_length(p.digest_size)
            .key(&p.key)
            .salt(&p.salt)
            .personal(&p.person)
            .fanout(p.fanout)
            .max_depth(p.depth)
            .max_leaf_length(p.leaf_size)
            .node_offset(p.node_offset)
            .node_depth(p.node_depth)
            .inner_hash_length(p.inner_size)
            .last_node(p.last_node);
        params.to_state()
    }};
}

/// Calls of `blake2b`.
pub(super) fn new_b(m: &mut Machine, _: Gc<Type>, args: Args<'_>) -> R<Value> {
    let (p, bytes) = parse(m, "blake2b", LIMITS_B, args)?;
    if !bytes.is_null() {
        data(m, bytes)?;
    }
    wrap(m, Kind::Blake2b, State::Blake2b(state!(blake2b_simd, p)), p.digest_size as i64, bytes)
}

/// Calls of `blake2s`.
pub(super) fn new_s(m: &mut Machine, _: Gc<Type>, args: Args<'_>) -> R<Value> {
    let (p, bytes) = parse(m, "blake2s", LIMITS_S, args)?;
    if !bytes.is_null() {
        data(m, bytes)?;
    }
    wrap(m, Kind::Blake2s, State::Blake2s(state!(blake2s_simd, p)), p.digest_size as i64, bytes)
}
