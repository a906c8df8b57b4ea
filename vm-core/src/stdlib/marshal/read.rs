//! Bytes to values.

use super::{FLAG_REF, MAX_DEPTH};
use crate::machine::{Machine, R, Raised};
use crate::object::header::Gc;
use crate::object::list::List;
use crate::object::value::Value;
use num_bigint::{BigInt, Sign};

struct Reader<'m, 'b> {
    m: &'m mut Machine,
    bytes: &'b [u8],
    at: usize,
    /// What may be referred to; a list, so that the collector sees it.
    known: Gc<List>,
    incomplete: Vec<usize>,
    allow_code: bool,
    depth: usize,
}

/// The value that the bytes start with, and how many it takes.
pub(super) fn read(m: &mut Machine, bytes: &[u8], allow_code: bool) -> R<(Value, usize)> {
    let known = m.new_list(&[]);
    let mut r = Reader { m, bytes, at: 0, known, incomplete: Vec::new(), allow_code, depth: 0 };
    match r.value()? {
        Some(v) => Ok((v, r.at)),
        None => Err(r.m.type_error("NULL object in marshal data for object")),
    }
}

impl Reader<'_, '_> {
    fn bad(&mut self, why: &str) -> Raised {
        self.m.value_error(&format!("bad marshal data ({why})"))
    }

    fn take(&mut self, n: usize) -> R<&[u8]> {
        if self.bytes.len() - self.at < n {
            let class = self.m.exceptions.eof_error;
            return Err(self.m.raise_message(class, "marshal data too short"));
        }
        self.at += n;
        Ok(&self.bytes[self.at - n..self.at])
    }

    fn byte(&mut self) -> R<u8> {
        Ok(self.take(1)?[0])
    }

    fn long(&mut self) -> R<i32> {
        let b = self.take(4)?;
        Ok(i32::from_le_bytes([b[0], b[1], b[2], b[3]]))
    }

    fn size(&mut self, what: &str) -> R<usize> {
        match usize::try_from(self.long()?) {
            Ok(n) => Ok(n),
            Err(_) => Err(self.bad(&format!("{what} size out of range"))),
        }
    }

    fn double(&mut self) -> R<f64> {
        let mut b = [0; 8];
        b.copy_from_slice(self.take(8)?);
        Ok(f64::from_le_bytes(b))
    }

    fn double_text(&mut self) -> R<f64> {
        let n = usize::from(self.byte()?);
        let text = String::from_utf8_lossy(self.take(n)?).into_owned();
        text.parse().map_err(|_| self.m.value_error(&format!("could not convert string to float: '{text}'")))
    }

    /// Reads a value; `None` is what ends a dictionary.
    fn value(&mut self) -> R<Option<Value>> {
        if self.at >= self.bytes.len() {
            let class = self.m.exceptions.eof_error;
            return Err(self.m.raise_message(class, "EOF read where object expected"));
        }
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(self.m.value_error("recursion limit exceeded"));
        }
        self.m.check_native_stack()?;
        let result = self.any();
        self.depth -= 1;
        result
    }

    fn item(&mut self, what: &str) -> R<Value> {
        match self.value()? {
            Some(v) => Ok(v),
            None => Err(self.m.type_error(&format!("NULL object in marshal data for {what}"))),
        }
    }

    fn any(&mut self) -> R<Option<Value>> {
        let start = self.at;
        let code = self.byte()?;
        let (flag, code) = (code & FLAG_REF != 0, code & !FLAG_REF);
        let v = match code {
            b'0' => return Ok(None),
            b'N' => Value::NONE,
            b'T' => Value::TRUE,
            b'F' => Value::FALSE,
            b'.' => Value::ELLIPSIS,
            b'S' => self.m.exceptions.stop_iteration.value(),
            b'i' => Value::small(i64::from(self.long()?)),
            b'I' => {
                let mut b = [0; 8];
                b.copy_from_slice(self.take(8)?);
                self.m.new_int(i64::from_le_bytes(b))
            }
            b'l' => self.big()?,
            b'f' => {
                let f = self.double_text()?;
                self.m.new_float(f)
            }
            b'g' => {
                let f = self.double()?;
                self.m.new_float(f)
            }
            b'x' => {
                let (re, im) = (self.double_text()?, self.double_text()?);
                self.m.new_complex(re, im)
            }
            b'y' => {
                let (re, im) = (self.double()?, self.double()?);
                self.m.new_complex(re, im)
            }
            b's' => {
                let n = self.size("bytes object")?;
                let bytes = self.take(n)?.to_vec();
                self.m.new_bytes(&bytes)?.value()
            }
            b'z' | b'Z' | b'a' | b'A' | b'u' | b't' => self.text(code)?,
            b')' | b'(' | b'[' | b'<' | b'>' => return self.sequence(code, flag).map(Some),
            b'{' => return self.dict(flag).map(Some),
            b'c' => return self.code(start).map(Some),
            b'r' => {
                let n = self.long()?;
                let known = usize::try_from(n).ok().filter(|n| !self.incomplete.contains(n));
                return match known.and_then(|n| self.known.get(n)) {
                    Some(v) => Ok(Some(v)),
                    None => Err(self.bad("invalid reference")),
                };
            }
            _ => return Err(self.bad("unknown type code")),
        };
        if flag {
            self.known.push(self.m, v);
        }
        Ok(Some(v))
    }

    fn big(&mut self) -> R<Value> {
        let n = self.long()?;
        let mut total = BigInt::from(0);
        let mut last = 1;
        for i in 0..n.unsigned_abs() as usize {
            let b = self.take(2)?;
            let digit = u16::from_le_bytes([b[0], b[1]]);
            if digit > 0x7FFF {
                return Err(self.bad("digit out of range in long"));
            }
            last = digit;
            total += BigInt::from(digit) << (15 * i);
        }
        if last == 0 {
            return Err(self.bad("unnormalized long data"));
        }
        if n < 0 && total.sign() != Sign::NoSign {
            total = -total;
        }
        Ok(self.m.int_from_bigint(total))
    }

    fn text(&mut self, code: u8) -> R<Value> {
        let n = if matches!(code, b'z' | b'Z') { usize::from(self.byte()?) } else { self.size("string")? };
        let bytes = self.take(n)?.to_vec();
        let s = if matches!(code, b'u' | b't') {
            let raw = self.m.new_bytes(&bytes)?.value();
            let (decode, utf8, errors) = (self.m.intern("decode"), self.m.str_value("utf-8"), self.m.str_value("surrogatepass"));
            self.m.call_method(raw, decode, &[utf8, errors])?
        } else {
            let text: String = bytes.iter().map(|&b| char::from(b)).collect();
            self.m.str_value(&text)
        };
        match (s.downcast(), matches!(code, b'Z' | b'A' | b't')) {
            (Some(text), true) => Ok(self.m.intern_str(text).value()),
            _ => Ok(s),
        }
    }

    fn sequence(&mut self, code: u8, flag: bool) -> R<Value> {
        let what = match code {
            b'[' => "list",
            b'<' | b'>' => "set",
            _ => "tuple",
        };
        let n = if code == b')' { usize::from(self.byte()?) } else { self.size(what)? };
        let items = self.m.new_list(&[]);
        let place = flag.then(|| self.reserve(items.value(), code != b'['));
        for _ in 0..n {
            let item = self.item(what)?;
            items.push(self.m, item);
        }
        let v = match code {
            b'[' => items.value(),
            b'<' | b'>' => {
                let class = if code == b'<' { self.m.types.set } else { self.m.types.frozenset };
                self.m.call(class.value(), &[items.value()])?
            }
            _ => {
                let values = items.items().to_vec();
                self.m.new_tuple(&values).value()
            }
        };
        if let Some(place) = place {
            self.complete(place, v);
        }
        Ok(v)
    }

    fn dict(&mut self, flag: bool) -> R<Value> {
        let dict = self.m.new_dict();
        if flag {
            self.reserve(dict.value(), false);
        }
        while let Some(key) = self.value()? {
            let Some(item) = self.value()? else { break };
            dict.insert(self.m, key, item)?;
        }
        Ok(dict.value())
    }

    /// Gives an object its number before it is complete.
    fn reserve(&mut self, v: Value, incomplete: bool) -> usize {
        let place = self.known.len();
        self.known.push(self.m, v);
        if incomplete {
            self.incomplete.push(place);
        }
        place
    }

    fn complete(&mut self, place: usize, v: Value) {
        self.known.set(place, v);
        self.incomplete.retain(|&p| p != place);
    }

    /// A code object, which is known by its bytes.
    fn code(&mut self, start: usize) -> R<Value> {
        if !self.allow_code {
            return Err(self.m.value_error("unmarshalling code objects is disallowed"));
        }
        let rest = &self.bytes[start..];
        let written =
            self.m.written_code.iter().find(|(bytes, _)| rest.starts_with(bytes)).map(|(bytes, code)| (bytes.len(), code.clone()));
        let Some((length, source)) = written else { return Err(self.bad("code that this process has not written")) };
        self.at = start + length;
        Ok(self.m.new_code(&source)?.value())
    }
}
