//! The hash of `str`: SipHash-1-3 over the characters as CPython stores them (one, two or four bytes each), kept in the object.

use crate::machine::Machine;
use crate::object::header::Gc;
use crate::object::string::Str;
use crate::object::value::Value;
use crate::text::hash::HASH_MODULUS;
use crate::text::wtf8::code_points;

/// SipHash-1-3, fed byte by byte.
struct Sip {
    v: [u64; 4],
    word: u64,
    len: usize,
}

impl Sip {
    fn new((k0, k1): (u64, u64)) -> Sip {
        let v = [k0 ^ 0x736f_6d65_7073_6575, k1 ^ 0x646f_7261_6e64_6f6d, k0 ^ 0x6c79_6765_6e65_7261, k1 ^ 0x7465_6462_7974_6573];
        Sip { v, word: 0, len: 0 }
    }

    #[inline(always)]
    fn round(&mut self) {
        let [a, b, c, d] = &mut self.v;
        *a = a.wrapping_add(*b);
        *c = c.wrapping_add(*d);
        *b = b.rotate_left(13) ^ *a;
        *d = d.rotate_left(16) ^ *c;
        *a = a.rotate_left(32);
        *c = c.wrapping_add(*b);
        *a = a.wrapping_add(*d);
        *b = b.rotate_left(17) ^ *c;
        *d = d.rotate_left(21) ^ *a;
        *c = c.rotate_left(32);
    }

    #[inline(always)]
    fn absorb(&mut self, word: u64) {
        self.v[3] ^= word;
        self.round();
        self.v[0] ^= word;
    }

    #[inline(always)]
    fn byte(&mut self, b: u8) {
        self.word |= u64::from(b) << (8 * (self.len % 8));
        self.len += 1;
        if self.len.is_multiple_of(8) {
            let word = std::mem::take(&mut self.word);
            self.absorb(word);
        }
    }

    /// Feeds all at once (only as the first and only data).
    #[inline(always)]
    fn bytes(&mut self, data: &[u8]) {
        let (words, rest) = data.as_chunks::<8>();
        for &word in words {
            self.absorb(u64::from_le_bytes(word));
        }
        self.len = words.len() * 8;
        for &b in rest {
            self.byte(b);
        }
    }

    fn finish(mut self) -> i64 {
        if self.len == 0 {
            return 0;
        }
        let last = self.word | (self.len as u64) << 56;
        self.absorb(last);
        self.v[2] ^= 0xff;
        for _ in 0..3 {
            self.round();
        }
        let [a, b, c, d] = self.v;
        match (a ^ b ^ c ^ d).cast_signed() {
            -1 => -2,
            hash => hash,
        }
    }
}

fn hash_text(key: (u64, u64), bytes: &[u8], ascii: bool) -> i64 {
    let mut sip = Sip::new(key);
    if ascii {
        sip.bytes(bytes);
        return sip.finish();
    }
    let width = match code_points(bytes).max().unwrap_or(0) {
        ..0x100 => 1,
        0x100..0x1_0000 => 2,
        _ => 4,
    };
    for c in code_points(bytes) {
        for &b in &c.to_le_bytes()[..width] {
            sip.byte(b);
        }
    }
    sip.finish()
}

impl Machine {
    /// `hash` of a `str`.
    #[inline(always)]
    pub fn hash_str(&self, s: Gc<Str>) -> i64 {
        let hash = s.hash.get();
        if hash == -1 { self.compute_hash_str(s) } else { hash }
    }

    /// The hash of a key that takes no computing: that of an exact `str`, or of a common integer of the word. It is -1, which no key has,
    /// where it would have to be computed.
    #[inline(always)]
    pub(crate) fn hash_at_hand(&self, key: Value) -> i64 {
        if key.is_int() {
            // Those from 0 to the modulus are their own hash.
            let n = key.as_int();
            return if n.cast_unsigned() < HASH_MODULUS { n } else { -1 };
        }
        // SAFETY: instances of the type have that payload.
        unsafe { key.exactly::<Str>(self.types.str) }.map_or(-1, |s| s.hash.get())
    }

    #[cold]
    #[inline(never)]
    fn compute_hash_str(&self, s: Gc<Str>) -> i64 {
        let hash = hash_text(self.hash_key, s.bytes(), s.is_ascii());
        s.hash.set(hash);
        hash
    }

    /// `hash` of `bytes`.
    #[must_use]
    pub fn hash_bytes(&self, bytes: &[u8]) -> i64 {
        hash_text(self.hash_key, bytes, true)
    }
}

#[cfg(test)]
mod tests {
    use super::hash_text;

    #[test]
    fn as_cpython_with_hash_seed_zero() {
        let h = |s: &str| hash_text((0, 0), s.as_bytes(), s.is_ascii());
        // PYTHONHASHSEED=0 python3.13 -c "print([hash(s) for s in ('', 'a', 'abcdefgh', 'hello world', 'é', 'naïve café', 'Ω', '日本語 text', '🐍x')])"
        assert_eq!(["", "a", "abcdefgh", "hello world", "é", "naïve café", "Ω", "日本語 text", "🐍x"].map(h), HASHES);
    }

    const HASHES: [i64; 9] = [
        0,
        4644417185603328019,
        4574395652268504554,
        -5642461784034726774,
        6047309291227476195,
        -3140414782110216922,
        -4435444875665441047,
        8077285830280948549,
        -400280203169259654,
    ];
}
