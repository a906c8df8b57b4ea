//! `%`-formatting of `str` and `bytes`: arguments fetched and converted. The grammar and the layout are in `crate::text::percent`.

use super::super::header::Gc;
use super::super::int::IntRef;
use super::super::string::Str;
use super::super::tuple::Tuple;
use super::super::value::Value;
use crate::machine::{Machine, R, Raised};
use crate::text::format_quick::{self, Short};
use crate::text::limbs;
use crate::text::percent::{Amount, Conversion, PercentParser, Piece, Quick};
use crate::text::wtf8::{StrBuf, StrRef};

/// What is being formatted; bytes are formatted as the Latin-1 text of the same numbers.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::object) enum Flavour {
    /// `str % …`
    Text,
    /// `bytes % …`
    Bytes,
}

impl Machine {
    /// `format % args` for a `str`.
    pub fn format_percent(&mut self, format: Value, args: Value) -> R<Value> {
        let Some(format) = format.downcast::<Str>() else { return Ok(Value::NOT_IMPLEMENTED) };
        let text = percent(self, Flavour::Text, format.text(), args)?;
        if !format.bytes().contains(&b'%') {
            return Ok(format.value());
        }
        Ok(self.str_from_text(&text)?.value())
    }
}

/// Where values come from: the items of a tuple, or one object.
struct Arguments {
    whole: Value,
    tuple: Option<Gc<Tuple>>,
    /// What is given out when there is no tuple; a key of a mapping replaces it.
    single: Value,
    next: usize,
}

impl Arguments {
    fn next(&mut self, m: &mut Machine) -> R<Value> {
        let i = self.next;
        self.next += 1;
        let found = match self.tuple {
            Some(tuple) => tuple.slice().get(i).copied(),
            None => (i == 0).then_some(self.single),
        };
        found.ok_or_else(|| m.type_error("not enough arguments for format string"))
    }

    fn look_up(&mut self, m: &mut Machine, key: StrRef<'_>, flavour: Flavour) -> R<()> {
        let key = match flavour {
            Flavour::Text => m.new_str_counted(key.bytes, key.chars)?.value(),
            Flavour::Bytes => {
                let bytes: Vec<u8> = key.code_points().map(|c| c as u8).collect();
                m.new_bytes(&bytes)?.value()
            }
        };
        self.single = m.get_item(self.whole, key)?;
        self.tuple = None;
        self.next = 0;
        Ok(())
    }

    fn left_over(&self) -> bool {
        match self.tuple {
            Some(tuple) => self.next < tuple.len(),
            None => self.next == 0,
        }
    }
}

/// The formatted text.
pub(in crate::object) fn percent(m: &mut Machine, flavour: Flavour, format: StrRef<'_>, args: Value) -> R<StrBuf> {
    let tuple = args.downcast::<Tuple>();
    let mapping = tuple.is_none()
        && args.downcast::<Str>().is_none()
        && m.type_of(args).slot(|s| s.getitem).is_some()
        && (flavour == Flavour::Text || m.bytes_like(args).is_none() || args.downcast::<super::super::memoryview::MemoryView>().is_some());
    let mut from = Arguments { whole: args, tuple, single: args, next: 0 };
    let mut out = StrBuf::with_capacity(format.bytes.len() + 64);
    let mut pieces = PercentParser::new(format, mapping);
    loop {
        if flavour == Flavour::Text
            && let Some((quick, end)) = pieces.quick()
        {
            let v = from.next(m)?;
            if quickly(m, quick, v, &mut out)? {
                pieces.go_on(end);
                continue;
            }
            from.next -= 1;
        }
        let Some(piece) = pieces.next() else { break };
        match piece.map_err(|e| m.raise_text(e))? {
            Piece::Literal(text) => out.push_str(text),
            Piece::Conversion(conversion) => one(m, flavour, conversion, &mut from, &mut out)?,
        }
    }
    if !mapping && from.left_over() {
        let what = if flavour == Flavour::Text { "string" } else { "bytes" };
        return Err(m.type_error(&format!("not all arguments converted during {what} formatting")));
    }
    Ok(out)
}

/// Appends what a conversion of the common kind makes of a value; false if it is left to [`one`].
#[inline]
fn quickly(m: &mut Machine, quick: Quick, v: Value, out: &mut StrBuf) -> R<bool> {
    match quick.code {
        code @ (b's' | b'r') => {
            if v.is_int() && quick.is_plain() {
                decimal(v.as_int(), quick, out);
                return Ok(true);
            }
            let text = if code == b'r' {
                m.repr(v)?
            } else if m.is_exact_str(v) {
                // SAFETY: an exact str is a Str.
                unsafe { v.cast::<Str>() }
            } else {
                m.to_str(v)?
            };
            if quick.is_plain() {
                out.push_str(text.text());
            } else {
                quick.text(text.text(), out);
            }
        }
        b'd' | b'i' if v.is_int() && quick.places.is_none() => decimal(v.as_int(), quick, out),
        code @ (b'x' | b'X') if v.is_int() && quick.places.is_none() => {
            let letters = if code == b'X' { b"0123456789ABCDEF" } else { b"0123456789abcdef" };
            let (mut digits, mut rest) = ([0; 20], v.as_int().unsigned_abs());
            let mut at = digits.len();
            loop {
                at -= 1;
                digits[at] = letters[rest as usize & 15];
                rest >>= 4;
                if rest == 0 {
                    break;
                }
            }
            signed(v.as_int(), digits, at, quick, out);
        }
        b'f' => {
            let mut short = Short::new();
            let f = if m.type_of(v) == m.types.float { m.float_value(v) } else { None };
            match f {
                Some(f) if format_quick::fixed(f, quick.places.unwrap_or(6), &mut short) => quick.number(short.bytes(), out),
                _ => return Ok(false),
            }
        }
        _ => return Ok(false),
    }
    Ok(true)
}

fn decimal(n: i64, quick: Quick, out: &mut StrBuf) {
    let mut digits = [0; 20];
    let at = limbs::write_word(&mut digits, n.unsigned_abs());
    signed(n, digits, at, quick, out);
}

/// Appends digits, the first of which is at `at`, with the sign of `n`, before which there is room for it.
#[inline(always)]
fn signed(n: i64, mut digits: [u8; 20], mut at: usize, quick: Quick, out: &mut StrBuf) {
    if n < 0 {
        at -= 1;
        digits[at] = b'-';
    }
    quick.number(&digits[at..], out);
}

fn star(m: &mut Machine, from: &mut Arguments) -> R<i64> {
    let v = from.next(m)?;
    if !m.is_int_instance(v) {
        return Err(m.type_error("* wants int"));
    }
    m.index_argument(v)
}

fn one(m: &mut Machine, flavour: Flavour, mut conversion: Conversion<'_>, from: &mut Arguments, out: &mut StrBuf) -> R<()> {
    if let Some(key) = conversion.key {
        from.look_up(m, key, flavour)?;
    }
    if conversion.width == Amount::Star {
        let width = star(m, from)?;
        conversion.set_width(width as isize);
    }
    if conversion.precision == Amount::Star {
        let precision = star(m, from)?;
        let Ok(precision) = i32::try_from(precision) else {
            return Err(m.overflow_error("Python int too large to convert to C int"));
        };
        conversion.set_precision(precision);
    }
    let v = from.next(m)?;
    let plain = conversion.width == Amount::Unset && conversion.precision == Amount::Unset;
    let text = match conversion.code_char() {
        's' | 'b' if flavour == Flavour::Bytes => {
            let bytes = bytes_of(m, v)?;
            let text = crate::text::codecs_8bit::decode_latin1(&bytes);
            if plain {
                out.push_str(text.as_ref());
                return Ok(());
            }
            conversion.text(text.as_ref())
        }
        code @ ('s' | 'r' | 'a') => {
            let s = match code {
                's' => m.to_str(v)?,
                'r' if flavour == Flavour::Text => m.repr(v)?,
                _ => m.ascii(v)?,
            };
            if plain {
                out.push_str(s.text());
                return Ok(());
            }
            conversion.text(s.text())
        }
        'd' | 'i' | 'u' | 'o' | 'x' | 'X' => {
            let int = integer(m, flavour, conversion.code_char(), v)?;
            if let Some(IntRef::Word(i)) = IntRef::of(int)
                && conversion.quick_int(i, out)
            {
                return Ok(());
            }
            match IntRef::of(int) {
                Some(IntRef::Word(i)) => conversion.int(i, m.int_max_str_digits),
                Some(IntRef::Big(int)) => conversion.int((int.is_negative(), int.limbs()), m.int_max_str_digits),
                None => return Err(m.system_error("an int was expected")),
            }
        }
        'e' | 'E' | 'f' | 'F' | 'g' | 'G' => {
            let f = float(m, flavour, v)?;
            conversion.float(f)
        }
        'c' => {
            let code = character(m, flavour, v)?;
            let text: StrBuf = [code].into_iter().collect();
            conversion.text(text.as_ref())
        }
        _ => Err(conversion.unsupported()),
    };
    match text {
        Ok(text) => {
            out.push_str(text.as_ref());
            Ok(())
        }
        Err(e) => Err(m.raise_text(e)),
    }
}

/// The integer that `%d` or `%x` shows.
fn integer(m: &mut Machine, flavour: Flavour, code: char, v: Value) -> R<Value> {
    let code = if flavour == Flavour::Bytes && code == 'i' { 'd' } else { code };
    if m.is_int_instance(v) {
        return Ok(v);
    }
    let whole_only = matches!(code, 'o' | 'x' | 'X');
    let wrong = |m: &mut Machine| {
        let (wanted, name) = (if whole_only { "an integer" } else { "a real number" }, m.type_name(v));
        m.type_error(&format!("%{code} format: {wanted} is required, not {name}"))
    };
    let ty = m.type_of(v);
    let is_number = ty.slot(|s| s.index).is_some() || ty.slot(|s| s.int).is_some() || ty.slot(|s| s.float).is_some();
    if !is_number {
        return Err(wrong(m));
    }
    let result = if whole_only { m.index(v) } else { m.to_int(v) };
    result.map_err(|Raised| {
        let class = m.exceptions.type_error;
        if m.pending_is(class) {
            m.take_raised();
            return wrong(m);
        }
        Raised
    })
}

fn float(m: &mut Machine, flavour: Flavour, v: Value) -> R<f64> {
    let result = m.as_f64(v);
    if flavour == Flavour::Text {
        return result;
    }
    result.map_err(|Raised| {
        let class = m.exceptions.type_error;
        if m.pending_is(class) {
            m.take_raised();
            let name = m.type_name(v);
            return m.type_error(&format!("float argument required, not {name}"));
        }
        Raised
    })
}

/// The character that `%c` shows.
fn character(m: &mut Machine, flavour: Flavour, v: Value) -> R<u32> {
    match flavour {
        Flavour::Text => {
            if let Some(s) = v.downcast::<Str>() {
                return match s.text().get(0) {
                    Some(code) if s.char_len() == 1 => Ok(code),
                    _ => Err(m.type_error("%c requires int or char")),
                };
            }
            if !m.is_index(v) && !m.is_int_instance(v) {
                return Err(m.type_error("%c requires int or char"));
            }
            let n = m.index(v)?;
            match m.int_as_i64(n).and_then(|i| u32::try_from(i).ok()).filter(|&c| c <= 0x10_ffff) {
                Some(code) => Ok(code),
                None => Err(m.overflow_error("%c arg not in range(0x110000)")),
            }
        }
        Flavour::Bytes => {
            if v.downcast::<super::super::memoryview::MemoryView>().is_none()
                && let Some(&[b]) = m.bytes_like(v)
            {
                return Ok(u32::from(b));
            }
            if !m.is_index(v) && !m.is_int_instance(v) {
                return Err(m.type_error("%c requires an integer in range(256) or a single byte"));
            }
            let n = m.index(v)?;
            match m.int_as_i64(n).and_then(|i| u8::try_from(i).ok()) {
                Some(b) => Ok(u32::from(b)),
                None => Err(m.overflow_error("%c arg not in range(256)")),
            }
        }
    }
}

/// The bytes that `%b` shows.
fn bytes_of(m: &mut Machine, v: Value) -> R<Vec<u8>> {
    if let Some(bytes) = m.bytes_like(v) {
        return Ok(bytes.to_vec());
    }
    if let Some(made) = super::super::bytes_type::by_dunder(m, v)? {
        return Ok(m.bytes_like(made).unwrap_or_default().to_vec());
    }
    let name = m.type_name(v);
    Err(m.type_error(&format!("%b requires a bytes-like object, or an object that implements __bytes__, not '{name}'")))
}
