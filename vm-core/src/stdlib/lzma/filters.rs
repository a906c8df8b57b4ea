//! Filter chains as programs write them: dictionaries.

use super::{FILTER_DELTA, FILTER_LZMA1, FILTER_LZMA2, PRESET_DEFAULT, PRESET_EXTREME, error};
use crate::machine::{Machine, R};
use crate::native::Args;
use crate::object::dict::Dict;
use crate::object::value::Value;
use lzma_rust2::{EncodeMode, FilterType, LzmaOptions, MfType};

/// A chain: what goes before, and the compressing filter.
pub(super) struct Chain {
    pub(super) before: Vec<(FilterType, u32)>,
    pub(super) first_version: bool,
    pub(super) options: LzmaOptions,
}

/// The options a preset stands for.
pub(super) fn preset(m: &mut Machine, v: Value) -> R<LzmaOptions> {
    let n = if v.is_null() || v.is_none() { PRESET_DEFAULT } else { m.index_argument(v)? };
    let level = n & !PRESET_EXTREME;
    if !(0..=9).contains(&level) {
        return Err(error(m, "Invalid or unsupported options"));
    }
    let mut options = LzmaOptions::with_preset(level as u32);
    if n & PRESET_EXTREME != 0 {
        options.mode = EncodeMode::Normal;
        options.nice_len = if level == 3 || level == 5 { 192 } else { 273 };
    }
    Ok(options)
}

fn entry(m: &mut Machine, dict: Value, name: &str) -> R<Option<i64>> {
    let key = m.str_value(name);
    if !m.contains(dict, key)? {
        return Ok(None);
    }
    let v = m.get_item(dict, key)?;
    m.index_argument(v).map(Some)
}

/// Reads a chain.
pub(super) fn chain(m: &mut Machine, filters: Value) -> R<Chain> {
    let filters = m.collect(filters)?;
    let mut before = Vec::new();
    let count = filters.len();
    if count > 4 {
        return Err(m.value_error("Too many filters - liblzma supports a maximum of 4"));
    }
    for i in 0..count {
        let dict = filters[i];
        if dict.downcast::<Dict>().is_none() {
            return Err(m.type_error("Filter specifier must be a dict or dict-like object"));
        }
        let Some(id) = entry(m, dict, "id")? else {
            return Err(m.value_error("Filter specifier must have an \"id\" entry"));
        };
        let kind = match id {
            FILTER_LZMA1 | FILTER_LZMA2 => {
                let key = m.str_value("preset");
                let given = if m.contains(dict, key)? { m.get_item(dict, key)? } else { Value::NULL };
                let options = lzma(m, dict, given)?;
                if i + 1 < count {
                    return Err(error(m, "Invalid or unsupported options"));
                }
                return Ok(Chain { before, first_version: id == FILTER_LZMA1, options });
            }
            FILTER_DELTA => FilterType::Delta,
            4 => FilterType::BcjX86,
            5 => FilterType::BcjPpc,
            6 => FilterType::BcjIa64,
            7 => FilterType::BcjArm,
            8 => FilterType::BcjArmThumb,
            9 => FilterType::BcjSparc,
            _ => return Err(m.value_error(&format!("Invalid filter ID: {id}"))),
        };
        let property = if id == FILTER_DELTA { entry(m, dict, "dist")?.unwrap_or(1) } else { entry(m, dict, "start_offset")?.unwrap_or(0) };
        before.push((kind, u32::try_from(property).unwrap_or(0)));
    }
    Err(error(m, "Invalid or unsupported options"))
}

fn lzma(m: &mut Machine, dict: Value, given: Value) -> R<LzmaOptions> {
    let mut options = preset(m, given)?;
    for (name, least, most) in
        [("dict_size", 4096, 1 << 30), ("lc", 0, 4), ("lp", 0, 4), ("pb", 0, 4), ("nice_len", 2, 273), ("depth", 0, 1 << 30)]
    {
        let Some(n) = entry(m, dict, name)? else { continue };
        if !(least..=most).contains(&n) {
            return Err(error(m, "Invalid or unsupported options"));
        }
        let n = n as u32;
        match name {
            "dict_size" => options.dict_size = n,
            "lc" => options.lc = n,
            "lp" => options.lp = n,
            "pb" => options.pb = n,
            "nice_len" => options.nice_len = n.max(8),
            _ => options.depth_limit = n as i32,
        }
    }
    if options.lc + options.lp > 4 {
        return Err(error(m, "Invalid or unsupported options"));
    }
    match entry(m, dict, "mode")? {
        Some(1) => options.mode = EncodeMode::Fast,
        Some(2) => options.mode = EncodeMode::Normal,
        _ => {}
    }
    match entry(m, dict, "mf")? {
        Some(3 | 4) => options.mf = MfType::Hc4,
        Some(_) => options.mf = MfType::Bt4,
        None => {}
    }
    Ok(options)
}

/// `_encode_filter_properties`: what describes a filter in a container.
pub(super) fn encode(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let dict = args.pos()[0];
    let Some(id) = entry(m, dict, "id")? else {
        return Err(m.value_error("Filter specifier must have an \"id\" entry"));
    };
    let out = match id {
        FILTER_LZMA1 | FILTER_LZMA2 => {
            let list = m.new_list(&[dict]).value();
            let options = chain(m, list)?.options;
            let size = options.dict_size.to_le_bytes();
            if id == FILTER_LZMA1 {
                [&[options.get_props()], size.as_slice()].concat()
            } else {
                // The smallest size of the form 2 or 3 times a power of two that is enough.
                vec![(0..40u8).find(|&b| dictionary(b) >= options.dict_size).unwrap_or(40)]
            }
        }
        FILTER_DELTA => vec![entry(m, dict, "dist")?.unwrap_or(1).wrapping_sub(1) as u8],
        4..=9 => match entry(m, dict, "start_offset")?.unwrap_or(0) {
            0 => Vec::new(),
            n => (n as u32).to_le_bytes().to_vec(),
        },
        _ => return Err(m.value_error(&format!("Invalid filter ID: {id}"))),
    };
    Ok(m.new_bytes(&out)?.value())
}

/// A dictionary's size from its one-byte form.
fn dictionary(byte: u8) -> u32 {
    (2 | u32::from(byte & 1)) << (byte / 2 + 11)
}

/// `_decode_filter_properties`: the reverse.
pub(super) fn decode(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let args = args.between(m, "_decode_filter_properties", 2, 2)?;
    let id = m.index_argument(args[0])?;
    let bytes = m.bytes_like_argument(args[1])?;
    let word = |b: &[u8]| i64::from(b.iter().rev().fold(0u32, |n, &b| n << 8 | u32::from(b)));
    let properties: Vec<(&str, i64)> = match (id, bytes) {
        (FILTER_LZMA1, &[props, ref size @ ..]) if props < 225 && size.len() == 4 => {
            let props = i64::from(props);
            vec![("dict_size", word(size)), ("lc", props % 9), ("lp", props / 9 % 5), ("pb", props / 45)]
        }
        (FILTER_LZMA2, &[byte]) if byte < 40 => vec![("dict_size", i64::from(dictionary(byte)))],
        (FILTER_LZMA2, &[40]) => vec![("dict_size", i64::from(u32::MAX))],
        (FILTER_DELTA, &[byte]) => vec![("dist", i64::from(byte) + 1)],
        (4..=9, []) => Vec::new(),
        (4..=9, &[_, _, _, _]) => vec![("start_offset", word(bytes))],
        _ => return Err(error(m, "Invalid or unsupported options")),
    };
    let dict = m.new_dict();
    let id = m.new_int(id);
    m.add_constant(dict, "id", id);
    for (name, n) in properties {
        m.add_constant(dict, name, Value::small(n));
    }
    Ok(dict.value())
}
