//! The order in which CPython iterates over a constant frozenset: that of its hash table, with string hashes for
//! `PYTHONHASHSEED=0`.
//!
//! The disassembler needs it; run-time sets have a table of their own.

use num_bigint::{BigInt, Sign};
use num_traits::ToPrimitive;

use super::Const;
use crate::text::wtf8::code_points;

/// The elements in CPython's iteration order.
#[must_use]
pub(super) fn iteration_order(items: &[Const]) -> Vec<&Const> {
    // The optimiser builds the set once, and merging constants builds it again from the first one's order.
    let order = table_order(&table_order(&items.iter().collect::<Vec<_>>()));
    if items.iter().any(looks_interned) { table_order(&order) } else { order }
}

/// Whether the string reads like an identifier. CPython interns such constants, and builds the set a third time if one was
/// interned already elsewhere, which is taken for granted here (characters of Latin-1 and the empty string exist only once, so
/// they count as never replaced).
pub(crate) fn looks_interned(item: &Const) -> bool {
    let Const::Str(text) = item else { return false };
    text.len() > 1 && text.iter().all(|b| b.is_ascii_alphanumeric() || *b == b'_')
}

const MODULUS: u64 = (1 << 61) - 1;
const LINEAR_PROBES: usize = 9;

/// CPython's hash of a constant. Where it would be an address, zero.
fn hash(value: &Const) -> i64 {
    let hash = match value {
        Const::None => 0xFCA8_6420,
        Const::Bool(b) => i64::from(*b),
        Const::Ellipsis | Const::Code(_) => 0,
        Const::Int(i) => hash_int(&i.to_big()),
        Const::Float(f) => hash_float(*f),
        Const::Complex(re, im) => hash_float(*re).wrapping_add(hash_float(*im).wrapping_mul(1_000_003)),
        Const::Str(s) => hash_str(s),
        Const::Bytes(b) => siphash13(b),
        Const::Tuple(items) => hash_tuple(items),
        Const::FrozenSet(items) => hash_set(items),
    };
    if hash == -1 { -2 } else { hash }
}

fn hash_int(value: &BigInt) -> i64 {
    let magnitude = (value.magnitude() % MODULUS).to_i64().unwrap_or(0);
    if value.sign() == Sign::Minus { -magnitude } else { magnitude }
}

fn hash_float(value: f64) -> i64 {
    if !value.is_finite() {
        return if value.is_nan() {
            0
        } else if value > 0.0 {
            314_159
        } else {
            -314_159
        };
    }
    // value = mantissa * 2^exponent, reduced modulo 2^61 - 1, where multiplying by a power of two rotates.
    let bits = value.abs().to_bits();
    let (raw, fraction) = ((bits >> 52) as i64, bits & ((1 << 52) - 1));
    let (mantissa, exponent) = if raw == 0 { (fraction, -1074) } else { (fraction | 1 << 52, raw - 1075) };
    let shift = exponent.rem_euclid(61);
    let rotated = ((u128::from(mantissa) << shift) % u128::from(MODULUS)) as i64;
    let hash = if value < 0.0 { -rotated } else { rotated };
    if hash == -1 { -2 } else { hash }
}

/// The hash of a string is that of its narrowest fixed-width form.
fn hash_str(text: &[u8]) -> i64 {
    let points: Vec<u32> = code_points(text).collect();
    let widest = points.iter().copied().max().unwrap_or(0);
    let bytes: Vec<u8> = match widest {
        0..=0xFF => points.iter().map(|&p| p as u8).collect(),
        0x100..=0xFFFF => points.iter().flat_map(|&p| (p as u16).to_le_bytes()).collect(),
        _ => points.iter().flat_map(|p| p.to_le_bytes()).collect(),
    };
    siphash13(&bytes)
}

fn siphash13(bytes: &[u8]) -> i64 {
    if bytes.is_empty() {
        return 0;
    }
    let mut v: [u64; 4] = [0x736F_6D65_7073_6575, 0x646F_7261_6E64_6F6D, 0x6C79_6765_6E65_7261, 0x7465_6462_7974_6573];
    fn round(v: &mut [u64; 4]) {
        v[0] = v[0].wrapping_add(v[1]);
        v[2] = v[2].wrapping_add(v[3]);
        v[1] = v[1].rotate_left(13) ^ v[0];
        v[3] = v[3].rotate_left(16) ^ v[2];
        v[0] = v[0].rotate_left(32);
        v[2] = v[2].wrapping_add(v[1]);
        v[0] = v[0].wrapping_add(v[3]);
        v[1] = v[1].rotate_left(17) ^ v[2];
        v[3] = v[3].rotate_left(21) ^ v[0];
        v[2] = v[2].rotate_left(32);
    }
    let absorb = |word: u64, v: &mut [u64; 4]| {
        v[3] ^= word;
        round(v);
        v[0] ^= word;
    };
    let chunks = bytes.chunks_exact(8);
    let mut last = [0; 8];
    last[..chunks.remainder().len()].copy_from_slice(chunks.remainder());
    last[7] = bytes.len() as u8;
    for chunk in chunks {
        let mut word = [0; 8];
        word.copy_from_slice(chunk);
        absorb(u64::from_le_bytes(word), &mut v);
    }
    absorb(u64::from_le_bytes(last), &mut v);
    v[2] ^= 0xFF;
    for _ in 0..3 {
        round(&mut v);
    }
    let hash = (v[0] ^ v[1] ^ v[2] ^ v[3]) as i64;
    if hash == -1 { -2 } else { hash }
}

fn hash_tuple(items: &[Const]) -> i64 {
    const PRIME_1: u64 = 11_400_714_785_074_694_791;
    const PRIME_2: u64 = 14_029_467_366_897_019_727;
    const PRIME_5: u64 = 2_870_177_450_012_600_261;
    let mut acc = PRIME_5;
    for item in items {
        acc = acc.wrapping_add((hash(item) as u64).wrapping_mul(PRIME_2));
        acc = acc.rotate_left(31).wrapping_mul(PRIME_1);
    }
    acc = acc.wrapping_add(items.len() as u64 ^ (PRIME_5 ^ 3_527_539));
    if acc == u64::MAX { 1_546_275_796 } else { acc as i64 }
}

fn hash_set(items: &[Const]) -> i64 {
    let distinct = table_order(&items.iter().collect::<Vec<_>>());
    let mut acc = 0_u64;
    for item in &distinct {
        let h = hash(item) as u64;
        acc ^= (h ^ 89_869_747 ^ h << 16).wrapping_mul(3_644_798_167);
    }
    acc ^= (distinct.len() as u64 + 1).wrapping_mul(1_927_868_237);
    acc ^= acc >> 11 ^ acc >> 25;
    acc = acc.wrapping_mul(69_069).wrapping_add(907_133_923);
    if acc == u64::MAX { 590_923_713 } else { acc as i64 }
}

/// Python's `==` between constants, as far as elements of constant sets need it.
fn equal(a: &Const, b: &Const) -> bool {
    let complex = |c: &Const| match c {
        Const::Bool(b) => Some((f64::from(u8::from(*b)), 0.0)),
        Const::Int(i) => i.to_big().to_f64().map(|f| (f, 0.0)),
        Const::Float(f) => Some((*f, 0.0)),
        Const::Complex(re, im) => Some((*re, *im)),
        _ => None,
    };
    match (a, b) {
        (Const::Int(a), Const::Int(b)) => a == b,
        (Const::None, Const::None) | (Const::Ellipsis, Const::Ellipsis) => true,
        (Const::Str(a), Const::Str(b)) | (Const::Bytes(a), Const::Bytes(b)) => a == b,
        (Const::Tuple(a), Const::Tuple(b)) => a.len() == b.len() && a.iter().zip(b.iter()).all(|(a, b)| equal(a, b)),
        (Const::FrozenSet(a), Const::FrozenSet(b)) => {
            let within = |a: &[Const], b: &[Const]| a.iter().all(|a| b.iter().any(|b| equal(a, b)));
            within(a, b) && within(b, a)
        }
        _ => complex(a).is_some_and(|a| complex(b) == Some(a)),
    }
}

/// A set's hash table: inserts as CPython does, with runs of linear probes between perturbed jumps.
struct Table<'a> {
    slots: Vec<Option<(i64, &'a Const)>>,
    used: usize,
}

impl<'a> Table<'a> {
    fn add(&mut self, item: &'a Const) {
        if !self.insert(hash(item), item) {
            return;
        }
        self.used += 1;
        let mask = self.slots.len() - 1;
        if self.used * 5 >= mask * 3 {
            let wanted = if self.used > 50_000 { self.used * 2 } else { self.used * 4 };
            let mut size = 8;
            while size <= wanted {
                size *= 2;
            }
            let old = std::mem::replace(&mut self.slots, vec![None; size]);
            for (hash, item) in old.into_iter().flatten() {
                self.insert(hash, item);
            }
        }
    }

    /// Whether the element was new.
    fn insert(&mut self, hash: i64, item: &'a Const) -> bool {
        let mask = self.slots.len() - 1;
        let mut perturb = hash as u64;
        let mut i = hash as usize & mask;
        loop {
            let probes = if i + LINEAR_PROBES <= mask { LINEAR_PROBES } else { 0 };
            for slot in &mut self.slots[i..=i + probes] {
                match slot {
                    None => {
                        *slot = Some((hash, item));
                        return true;
                    }
                    Some((h, other)) if *h == hash && equal(other, item) => return false,
                    Some(_) => {}
                }
            }
            perturb >>= 5;
            i = (i.wrapping_mul(5).wrapping_add(1).wrapping_add(perturb as usize)) & mask;
        }
    }
}

fn table_order<'a>(items: &[&'a Const]) -> Vec<&'a Const> {
    let mut table = Table { slots: vec![None; 8], used: 0 };
    for item in items {
        table.add(item);
    }
    table.slots.into_iter().flatten().map(|(_, item)| item).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decode(text: &str) -> Const {
        let rest = &text[1..];
        match &text[..1] {
            "n" => Const::None,
            "t" => Const::Bool(true),
            "i" => Const::Int(rest.parse::<BigInt>().unwrap().into()),
            "s" => Const::Str(rest.as_bytes().into()),
            "r" => Const::Float(rest.parse().unwrap()),
            "b" => Const::Bytes(rest.as_bytes().into()),
            "c" => Const::Complex(0.0, rest.parse().unwrap()),
            _ => Const::Tuple(rest.split(',').map(decode).collect()),
        }
    }

    /// The golden file has constant sets as written and as CPython 3.13 iterates over them, made by
    /// `scripts/set_order_golden.py`.
    #[test]
    fn order_is_cpythons() {
        for line in include_str!("../../tests/golden/set_order.jsonl").lines() {
            let case: Vec<Vec<String>> = serde_json::from_str(line).unwrap();
            let listed: Vec<Const> = case[0].iter().map(|t| decode(t)).collect();
            let wanted: Vec<Const> = case[1].iter().map(|t| decode(t)).collect();
            let ours = iteration_order(&listed);
            let same = ours.len() == wanted.len() && ours.iter().zip(&wanted).all(|(a, b)| equal(a, b));
            assert!(same, "{:?}", case[0]);
        }
    }
}
