//! CPython's hashes: SipHash-1-3 of text and bytes under a seed, numbers modulo 2^61 − 1, tuples and frozen sets.
//!
//! Equal to CPython's value by value for the same `PYTHONHASHSEED`, so that orders of sets can be compared.

use num_bigint::{BigInt, Sign};
use num_traits::ToPrimitive;

use super::wtf8::StrRef;

/// The modulus of numeric hashes, a Mersenne prime.
pub const HASH_MODULUS: u64 = (1 << HASH_BITS) - 1;
const HASH_BITS: u32 = 61;
/// Hash of positive infinity.
pub const HASH_INF: i64 = 314_159;
const HASH_IMAG: u64 = 1_000_003;

/// -1 means an error in CPython, so it is no hash.
#[inline]
fn not_minus_one(hash: i64) -> i64 {
    if hash == -1 { -2 } else { hash }
}

/// The key of the hash of text and bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct HashKey {
    k0: u64,
    k1: u64,
}

impl HashKey {
    /// The key that `PYTHONHASHSEED=seed` gives; 0 is the zero key.
    pub fn from_seed(seed: u32) -> Self {
        if seed == 0 {
            return HashKey::default();
        }
        let mut state = seed;
        let mut word = || {
            let mut bytes = [0; 8];
            for b in &mut bytes {
                state = state.wrapping_mul(214_013).wrapping_add(2_531_011);
                *b = (state >> 16) as u8;
            }
            u64::from_le_bytes(bytes)
        };
        HashKey { k0: word(), k1: word() }
    }

    /// SipHash-1-3 of bytes under the key that is a number, as `_imp.source_hash` has it.
    pub fn keyed(key: u64, data: &[u8]) -> u64 {
        HashKey { k0: key, k1: 0 }.sip13(data)
    }

    /// `hash(bytes)`.
    pub fn bytes(self, data: &[u8]) -> i64 {
        if data.is_empty() { 0 } else { not_minus_one(self.sip13(data) as i64) }
    }

    /// `hash(str)`: of the array of characters as CPython stores it, one, two or four bytes each.
    pub fn str(self, text: StrRef<'_>) -> i64 {
        if text.ascii {
            return self.bytes(text.bytes);
        }
        // Few of them do without the heap.
        let mut data = smallvec::SmallVec::<[u8; 128]>::new();
        match text.bytes.iter().copied().max() {
            // The greatest byte begins the greatest character, or one as wide.
            Some(..=0xC3) => text.code_points().for_each(|c| data.push(c as u8)),
            Some(..=0xEF) => {
                data.reserve(text.chars * 2);
                text.code_points().for_each(|c| data.extend_from_slice(&(c as u16).to_le_bytes()));
            }
            _ => {
                data.reserve(text.chars * 4);
                text.code_points().for_each(|c| data.extend_from_slice(&c.to_le_bytes()));
            }
        }
        self.bytes(&data)
    }

    fn sip13(self, data: &[u8]) -> u64 {
        let mut v = [
            self.k0 ^ 0x736f_6d65_7073_6575,
            self.k1 ^ 0x646f_7261_6e64_6f6d,
            self.k0 ^ 0x6c79_6765_6e65_7261,
            self.k1 ^ 0x7465_6462_7974_6573,
        ];
        let mut words = data.chunks_exact(8);
        for word in &mut words {
            let m = u64::from_le_bytes(word.try_into().unwrap_or_default());
            v[3] ^= m;
            sip_round(&mut v);
            v[0] ^= m;
        }
        let mut last = [0; 8];
        last[..words.remainder().len()].copy_from_slice(words.remainder());
        let m = u64::from_le_bytes(last) | (data.len() as u64) << 56;
        v[3] ^= m;
        sip_round(&mut v);
        v[0] ^= m;
        v[2] ^= 0xFF;
        for _ in 0..3 {
            sip_round(&mut v);
        }
        v[0] ^ v[1] ^ v[2] ^ v[3]
    }
}

#[inline]
fn sip_round(v: &mut [u64; 4]) {
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

/// `hash(int)` of a machine integer.
#[inline]
pub fn hash_i64(value: i64) -> i64 {
    if value.unsigned_abs() < HASH_MODULUS {
        return not_minus_one(value);
    }
    let size = (value.unsigned_abs() % HASH_MODULUS) as i64;
    not_minus_one(if value < 0 { -size } else { size })
}

/// `hash(int)`.
pub fn hash_int(value: &BigInt) -> i64 {
    let size = (value.magnitude() % HASH_MODULUS).to_i64().unwrap_or(0);
    not_minus_one(if value.sign() == Sign::Minus { -size } else { size })
}

/// [`hash_int`] of limbs.
pub fn hash_limbs(negative: bool, a: &[super::limbs::Limb]) -> i64 {
    let size = super::limbs::mod_mersenne_61(a).cast_signed();
    not_minus_one(if negative { -size } else { size })
}

/// `hash(float)`; nan gives `None`, because CPython hashes its identity.
pub fn hash_float(value: f64) -> Option<i64> {
    if value.is_nan() {
        return None;
    }
    if value.is_infinite() {
        return Some(if value > 0.0 { HASH_INF } else { -HASH_INF });
    }
    let bits = value.to_bits();
    let biased = (bits >> 52 & 0x7FF) as i64;
    let stored = bits & ((1 << 52) - 1);
    let (mantissa, exponent) = if biased == 0 { (stored, -1074) } else { (stored | 1 << 52, biased - 1075) };
    // Times a power of two modulo 2^61 − 1 is a rotation of 61 bits.
    let turn = exponent.rem_euclid(i64::from(HASH_BITS)) as u32;
    let turned = (mantissa << turn & HASH_MODULUS) | mantissa >> (HASH_BITS - turn);
    let size = (turned % HASH_MODULUS) as i64;
    Some(not_minus_one(if value < 0.0 { -size } else { size }))
}

/// `hash(complex)` from the hashes of its parts.
pub fn combine_complex(re: i64, im: i64) -> i64 {
    not_minus_one((re as u64).wrapping_add(HASH_IMAG.wrapping_mul(im as u64)) as i64)
}

/// `hash(tuple)` from the hashes of its items.
///
/// # Errors
/// That of the first item which has no hash.
pub fn combine_tuple<E>(items: impl IntoIterator<Item = Result<i64, E>>) -> Result<i64, E> {
    const P1: u64 = 11_400_714_785_074_694_791;
    const P2: u64 = 14_029_467_366_897_019_727;
    const P5: u64 = 2_870_177_450_012_600_261;
    let mut acc = P5;
    let mut count = 0u64;
    for item in items {
        acc = acc.wrapping_add((item? as u64).wrapping_mul(P2)).rotate_left(31).wrapping_mul(P1);
        count += 1;
    }
    acc = acc.wrapping_add(count ^ (P5 ^ 3_527_539));
    Ok(if acc == u64::MAX { 1_546_275_796 } else { acc as i64 })
}

/// `hash(frozenset)` from the hashes of its items, in any order.
pub fn combine_frozenset(items: impl IntoIterator<Item = i64>) -> i64 {
    let mut hash = 0u64;
    let mut count = 0u64;
    for item in items {
        let h = item as u64;
        hash ^= ((h ^ 89_869_747) ^ (h << 16)).wrapping_mul(3_644_798_167);
        count += 1;
    }
    hash ^= (count + 1).wrapping_mul(1_927_868_237);
    hash ^= (hash >> 11) ^ (hash >> 25);
    hash = hash.wrapping_mul(69_069).wrapping_add(907_133_923);
    if hash == u64::MAX { 590_923_713 } else { hash as i64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn machine_integers_hash_as_big_ones() {
        for value in [0, 1, -1, -2, i64::MAX, i64::MIN, HASH_MODULUS as i64, -(HASH_MODULUS as i64) - 1] {
            assert_eq!(hash_i64(value), hash_int(&BigInt::from(value)), "{value}");
        }
    }
}
