//! The memory of `array.array`: items packed in a byte array of its own, which views of the array show.

use crate::machine::{Machine, R};
use crate::object::bytearray_type::ByteArray;
use crate::object::header::Gc;
use crate::object::int::IntRef;
use crate::object::string::Str;
use crate::object::value::Value;
use crate::stdlib::native_struct::native_struct;

native_struct! {
    /// An `array` object.
    struct Array {
        /// The type code.
        code: u8,
        /// The items' bytes.
        data: Gc<ByteArray>,
    }
}

/// The type codes, in CPython's order.
pub(super) const CODES: &str = "bBuwhHiIlLqQfd";

/// Bytes of an item.
pub(super) const fn item_size(code: u8) -> usize {
    match code {
        b'b' | b'B' => 1,
        b'h' | b'H' => 2,
        b'u' | b'w' | b'i' | b'I' | b'f' => 4,
        _ => 8,
    }
}

/// Whether the items are characters.
pub(super) const fn is_text(code: u8) -> bool {
    matches!(code, b'u' | b'w')
}

impl Gc<Array> {
    /// Bytes of an item.
    #[inline(always)]
    pub(crate) fn item_size(self) -> usize {
        item_size(self.code)
    }

    /// Number of items.
    #[inline(always)]
    pub(super) fn len(self) -> usize {
        self.data.contents().len() / self.item_size()
    }

    /// All bytes; not to be held across anything that may run Python.
    pub(crate) fn bytes<'a>(self) -> &'a [u8] {
        self.data.contents()
    }

    /// The same, to write.
    pub(crate) fn bytes_mut<'a>(self) -> &'a mut [u8] {
        self.data.contents_mut()
    }

    /// Item `i`, if there is one.
    #[inline]
    pub(super) fn get(self, m: &mut Machine, i: usize) -> R<Option<Value>> {
        let size = self.item_size();
        match self.data.contents().get(i * size..(i + 1) * size) {
            Some(bytes) => unpack(m, self.code, bytes).map(Some),
            None => Ok(None),
        }
    }

    /// Replaces item `i`; false if there is none.
    #[inline]
    pub(super) fn set(self, m: &mut Machine, i: usize, v: Value) -> R<bool> {
        let size = self.item_size();
        // Packing may run Python, which may change the length.
        let word = pack(m, self.code, v)?;
        match self.data.contents_mut().get_mut(i * size..(i + 1) * size) {
            Some(place) => {
                place.copy_from_slice(&word[..size]);
                Ok(true)
            }
            None => Ok(false),
        }
    }

    /// Appends an item.
    pub(super) fn push(self, m: &mut Machine, v: Value) -> R<()> {
        let word = pack(m, self.code, v)?;
        let size = self.item_size();
        self.data.resizable(m)?.extend_from_slice(&word[..size]);
        Ok(())
    }
}

/// The value of an item.
#[inline]
pub(super) fn unpack(m: &mut Machine, code: u8, bytes: &[u8]) -> R<Value> {
    let mut word = [0u8; 8];
    word[..bytes.len()].copy_from_slice(bytes);
    let raw = u64::from_le_bytes(word);
    Ok(match code {
        b'd' => m.new_float(f64::from_bits(raw)),
        b'f' => m.new_float(f64::from(f32::from_bits(raw as u32))),
        b'B' | b'H' | b'I' => Value::small(raw.cast_signed()),
        b'b' => Value::small(i64::from(raw as u8 as i8)),
        b'h' => Value::small(i64::from(raw as u16 as i16)),
        b'i' => Value::small(i64::from(raw as u32 as i32)),
        b'l' | b'q' => m.new_int(raw.cast_signed()),
        b'u' | b'w' => {
            if raw > 0x10_ffff {
                return Err(m.value_error(&format!("character U+{raw:x} is not in range [U+0000; U+10ffff]")));
            }
            m.char_str(raw as u32).value()
        }
        _ => m.int_from_u64(raw),
    })
}

/// An integer argument of a signed C type of at most 64 bits.
fn signed(m: &mut Machine, v: Value, least: i64, greatest: i64, name: &str) -> R<u64> {
    let n = if v.is_int() { Some(v.as_int()) } else { integer(m, v)?.word() };
    match n {
        Some(i) if (least..=greatest).contains(&i) => Ok(i.cast_unsigned()),
        Some(i) => {
            let bound = if i < least { "less than minimum" } else { "greater than maximum" };
            Err(m.overflow_error(&format!("{name} is {bound}")))
        }
        None => Err(m.overflow_error("Python int too large to convert to C long")),
    }
}

fn integer(m: &mut Machine, v: Value) -> R<IntRef> {
    let n = m.index(v)?;
    IntRef::of(n).ok_or_else(|| m.type_error("an integer is required"))
}

/// An integer argument of an unsigned C type.
fn unsigned(m: &mut Machine, v: Value, name: &str) -> R<u64> {
    let n = integer(m, v)?;
    if n.is_negative() {
        return Err(m.overflow_error("can't convert negative value to unsigned int"));
    }
    match u64::try_from(n.big()) {
        Ok(n) => Ok(n),
        Err(_) => Err(m.overflow_error(&format!("Python int too large to convert to C {name}"))),
    }
}

/// The bytes of a value, in a word of which an item's size counts.
#[inline]
pub(super) fn pack(m: &mut Machine, code: u8, v: Value) -> R<[u8; 8]> {
    let raw = match code {
        b'd' => m.as_f64(v)?.to_bits(),
        b'f' => u64::from((m.as_f64(v)? as f32).to_bits()),
        b'b' => {
            signed(m, v, -0x8000, 0x7fff, "signed short integer")?;
            signed(m, v, -128, 127, "signed char")?
        }
        b'B' => signed(m, v, 0, 255, "unsigned byte integer")?,
        b'h' => signed(m, v, -0x8000, 0x7fff, "signed short integer")?,
        b'H' => {
            signed(m, v, i64::from(i32::MIN), i64::from(i32::MAX), "signed integer")?;
            signed(m, v, 0, 0xffff, "unsigned short")?
        }
        b'i' => signed(m, v, i64::from(i32::MIN), i64::from(i32::MAX), "signed integer")?,
        b'l' => signed(m, v, i64::MIN, i64::MAX, "signed long")?,
        b'q' => match integer(m, v)?.word() {
            Some(i) => i.cast_unsigned(),
            None => return Err(m.overflow_error("int too big to convert")),
        },
        b'Q' => {
            let n = integer(m, v)?;
            if n.is_negative() {
                return Err(m.overflow_error("can't convert negative int to unsigned"));
            }
            match u64::try_from(n.big()) {
                Ok(n) => n,
                Err(_) => return Err(m.overflow_error("int too big to convert")),
            }
        }
        b'I' => {
            let n = unsigned(m, v, "unsigned long")?;
            if n > u64::from(u32::MAX) {
                return Err(m.overflow_error("unsigned int is greater than maximum"));
            }
            n
        }
        b'u' | b'w' => {
            let one = v.downcast::<Str>().filter(|s| s.char_len() == 1);
            match one.and_then(|s| crate::text::wtf8::code_points(s.bytes()).next()) {
                Some(c) => u64::from(c),
                None => return Err(m.type_error("array item must be unicode character")),
            }
        }
        _ => unsigned(m, v, "unsigned long")?,
    };
    Ok(raw.to_le_bytes())
}

/// Whether an array has a limited place for its code: the machine formats that pickles name, little-endian ones.
pub(super) const fn machine_format(code: u8) -> i64 {
    match code {
        b'B' => 0,
        b'b' => 1,
        b'H' => 2,
        b'h' => 4,
        b'I' => 6,
        b'i' => 8,
        b'L' | b'Q' => 10,
        b'l' | b'q' => 12,
        b'f' => 14,
        b'd' => 16,
        _ => 20,
    }
}

impl Machine {
    /// An array of that code that takes over the bytes.
    pub(super) fn new_array(&mut self, class: Gc<crate::object::typeobj::Type>, code: u8, bytes: Vec<u8>) -> Gc<Array> {
        let data = self.new_bytearray(bytes);
        self.new_object(Array { header: crate::object::header::Header::new(class), code, data })
    }
}
