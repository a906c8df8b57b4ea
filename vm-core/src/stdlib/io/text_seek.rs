//! `tell` and `seek` of streams of text: positions are numbers that hold, besides the position in bytes, what the decoder needs to go on
//! from there in the middle of a chunk.

use super::TextIo;
use super::text_read::bytes_of;
use crate::machine::{Machine, R};
use crate::object::header::Gc;
use crate::object::tuple::Tuple;
use crate::object::value::Value;
use crate::text::wtf8::count_chars;
use num_bigint::BigInt;
use num_traits::{Signed, ToPrimitive, Zero};

/// What a position says.
#[derive(Default)]
struct Cookie {
    start: i64,
    flags: BigInt,
    feed: u32,
    skip: u32,
    eof: bool,
}

impl Cookie {
    fn pack(self) -> BigInt {
        BigInt::from(self.start)
            | (self.flags << 64)
            | (BigInt::from(self.feed) << 96)
            | (BigInt::from(self.skip) << 128)
            | (BigInt::from(u8::from(self.eof)) << 160)
    }

    fn unpack(n: &BigInt) -> Cookie {
        let part = |shift: u32, bits: u32| -> BigInt { (n >> shift) & ((BigInt::from(1) << bits) - 1) };
        Cookie {
            start: part(0, 63).to_i64().unwrap_or(0),
            flags: part(64, 32),
            feed: part(96, 32).to_u32().unwrap_or(0),
            skip: part(128, 32).to_u32().unwrap_or(0),
            eof: !part(160, 8).is_zero(),
        }
    }
}

impl Gc<TextIo> {
    fn set_decoder(self, m: &mut Machine, flags: &BigInt) -> R<()> {
        let empty = m.new_bytes(b"")?.value();
        let flags = m.int_from_bigint(flags.clone());
        let state = m.new_tuple(&[empty, flags]).value();
        m.invoke(self.decoder.get(), "setstate", &[state]).map(|_| ())
    }

    /// Bytes the decoder holds back, and its flags.
    fn decoder_state(self, m: &mut Machine) -> R<(usize, BigInt)> {
        let state = m.invoke(self.decoder.get(), "getstate", &[])?;
        match state.downcast::<Tuple>().filter(|t| t.len() == 2) {
            Some(t) => {
                let held = m.bytes_like(t.slice()[0]).map_or(0, <[u8]>::len);
                Ok((held, m.index_bigint(t.slice()[1])?))
            }
            None => Err(m.type_error("illegal decoder state")),
        }
    }

    fn decoded_chars(self, m: &mut Machine, bytes: &[u8], last: bool) -> R<usize> {
        let input = m.new_bytes(bytes)?.value();
        Ok(self.decode_for_seek(m, input, last)?.char_len())
    }

    /// `tell`.
    pub(super) fn tell(self, m: &mut Machine) -> R<Value> {
        self.check_open(m)?;
        if !self.seekable.get() {
            return Err(m.unsupported_io("underlying stream is not seekable"));
        }
        if !self.telling.get() {
            let class = m.exceptions.os_error;
            return Err(m.raise_message(class, "telling position disabled by next() call"));
        }
        self.flush_pending(m)?;
        let buffer = self.below(m)?;
        m.invoke(self.value(), "flush", &[])?;
        let at = m.invoke(buffer, "tell", &[])?;
        let snapshot = self.snapshot.get().downcast::<Tuple>();
        let (Some(snapshot), false) = (snapshot, self.decoder.get().is_null()) else { return Ok(at) };
        let flags = m.index_bigint(snapshot.slice()[0])?;
        let input = m.bytes_like(snapshot.slice()[1]).unwrap_or_default().to_vec();
        let start = m.index_i64(at)? - input.len() as i64;
        let used = count_chars(&self.decoded()[..self.used.get()]);
        if used == 0 {
            return Ok(m.int_from_bigint(Cookie { start, flags, ..Cookie::default() }.pack()));
        }
        let saved = m.invoke(self.decoder.get(), "getstate", &[])?;
        let found = self.find_position(m, start, flags, &input, used);
        let restored = m.invoke(self.decoder.get(), "setstate", &[saved]);
        let cookie = found?;
        restored?;
        Ok(m.int_from_bigint(cookie.pack()))
    }

    /// The position after `used` characters of the chunk `input`, which the decoder took with `flags`.
    fn find_position(self, m: &mut Machine, start: i64, flags: BigInt, input: &[u8], used: usize) -> R<Cookie> {
        let mut cookie = Cookie { start, flags: flags.clone(), ..Cookie::default() };
        // A place before the position at which the decoder holds nothing back, found by guessing.
        let (mut skip, mut back) = (((self.ratio.get() * used as f64) as usize).min(input.len()), 1);
        let mut safe = 0;
        let mut used = used;
        while skip > 0 {
            self.set_decoder(m, &flags)?;
            let chars = self.decoded_chars(m, &input[..skip], false)?;
            if chars <= used {
                let (held, now) = self.decoder_state(m)?;
                if held == 0 {
                    cookie.flags = now;
                    used -= chars;
                    safe = skip;
                    break;
                }
                skip -= held.min(skip);
                back = 1;
            } else {
                skip -= usize::min(back, skip);
                back *= 2;
            }
        }
        if skip == 0 {
            self.set_decoder(m, &flags)?;
        }
        cookie.start += safe as i64;
        cookie.skip = used as u32;
        if used == 0 {
            return Ok(cookie);
        }
        let mut chars = 0;
        for i in safe..input.len() {
            chars += self.decoded_chars(m, &input[i..=i], false)?;
            cookie.feed += 1;
            let (held, now) = self.decoder_state(m)?;
            if held == 0 && chars <= cookie.skip as usize {
                cookie.start += i64::from(cookie.feed);
                cookie.skip -= chars as u32;
                cookie.flags = now;
                cookie.feed = 0;
                chars = 0;
            }
            if chars >= cookie.skip as usize {
                return Ok(cookie);
            }
        }
        chars += self.decoded_chars(m, b"", true)?;
        cookie.eof = true;
        if chars < cookie.skip as usize {
            let class = m.exceptions.os_error;
            return Err(m.raise_message(class, "can't reconstruct logical file position"));
        }
        Ok(cookie)
    }

    /// `seek`.
    pub(super) fn seek(self, m: &mut Machine, mut cookie: Value, whence: i64) -> R<Value> {
        self.check_open(m)?;
        if !self.seekable.get() {
            return Err(m.unsupported_io("underlying stream is not seekable"));
        }
        let buffer = self.below(m)?;
        match whence {
            0 => {}
            1 => {
                if m.truthy(cookie)? {
                    return Err(m.unsupported_io("can't do nonzero cur-relative seeks"));
                }
                cookie = m.invoke(self.value(), "tell", &[])?;
            }
            2 => {
                if m.truthy(cookie)? {
                    return Err(m.unsupported_io("can't do nonzero end-relative seeks"));
                }
                m.invoke(self.value(), "flush", &[])?;
                self.drop_decoded();
                self.snapshot.set(Value::NULL);
                if !self.decoder.get().is_null() {
                    m.invoke(self.decoder.get(), "reset", &[])?;
                }
                let at = m.invoke(buffer, "seek", &[Value::small(0), Value::small(2)])?;
                let start = !m.truthy(at)?;
                self.mark_start(m, start)?;
                return Ok(at);
            }
            _ => return Err(m.value_error(&format!("invalid whence ({whence}, should be 0, 1 or 2)"))),
        }
        let number = m.index_bigint(cookie)?;
        if number.is_negative() {
            let shown = m.repr(cookie)?.to_string_lossy().into_owned();
            return Err(m.value_error(&format!("negative seek position {shown}")));
        }
        m.invoke(self.value(), "flush", &[])?;
        let c = Cookie::unpack(&number);
        let start = m.new_int(c.start);
        m.invoke(buffer, "seek", &[start])?;
        self.drop_decoded();
        self.snapshot.set(Value::NULL);
        if !self.decoder.get().is_null() {
            if c.start == 0 && c.flags.is_zero() {
                m.invoke(self.decoder.get(), "reset", &[])?;
            } else {
                self.set_decoder(m, &c.flags)?;
            }
        }
        let flags = m.int_from_bigint(c.flags.clone());
        if c.skip > 0 {
            let input = m.invoke(buffer, "read", &[Value::small(i64::from(c.feed))])?;
            let snapshot = m.new_tuple(&[flags, input]).value();
            self.snapshot.set(snapshot);
            let text = self.decode_for_seek(m, input, c.eof)?;
            *self.decoded() = text.bytes().to_vec();
            if text.char_len() < c.skip as usize {
                let class = m.exceptions.os_error;
                return Err(m.raise_message(class, "can't restore logical file position"));
            }
            self.used.set(bytes_of(self.decoded(), c.skip as usize));
        } else {
            let empty = m.new_bytes(b"")?.value();
            let snapshot = m.new_tuple(&[flags, empty]).value();
            self.snapshot.set(snapshot);
        }
        self.mark_start(m, c.start == 0 && c.flags.is_zero())?;
        Ok(cookie)
    }
}
