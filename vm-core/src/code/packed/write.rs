//! Code objects to bytes. What is not fit to be packed is left alone: it is compiled again each time.

use super::super::{CodeObject, Const, Form, verify};
use super::{MAX_DEPTH, tag};
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// The body of an entry for a module's code and all code nested in it; `None` if it could not be read back as it is.
#[must_use]
pub fn pack(code: &CodeObject) -> Option<Vec<u8>> {
    let mut packer = Packer::default();
    let mut codes: Vec<&CodeObject> = vec![code];
    let mut records: Vec<Vec<u8>> = Vec::new();
    // Those found in one are appended.
    let mut at = 0;
    while let Some(&next) = codes.get(at) {
        if next.filename != code.filename {
            return None;
        }
        records.push(packer.code(next, &mut codes)?);
        at += 1;
    }
    let texts: usize = packer.texts.iter().map(|t| t.len()).sum();
    let records_bytes: usize = records.iter().map(Vec::len).sum();
    let mut out = Vec::with_capacity(8 + 4 * (packer.texts.len() + records.len()) + texts + records_bytes);
    let mut word = |n: usize| u32::try_from(n).map(|n| out.extend(n.to_le_bytes())).ok();
    word(packer.texts.len())?;
    word(records.len())?;
    let mut end = 0;
    for text in &packer.texts {
        end += text.len();
        word(end)?;
    }
    let mut start = 0;
    for record in &records {
        word(start)?;
        start += record.len();
    }
    packer.texts.iter().for_each(|t| out.extend_from_slice(t));
    records.iter().for_each(|r| out.extend_from_slice(r));
    Some(out)
}

#[derive(Default)]
struct Packer<'c> {
    texts: Vec<&'c [u8]>,
    numbers: FxHashMap<&'c [u8], u64>,
}

fn number(out: &mut Vec<u8>, mut n: u64) {
    while n >= 0x80 {
        out.push(n as u8 | 0x80);
        n >>= 7;
    }
    out.push(n as u8);
}

fn bytes(out: &mut Vec<u8>, bytes: &[u8]) {
    number(out, bytes.len() as u64);
    out.extend_from_slice(bytes);
}

impl<'c> Packer<'c> {
    fn text(&mut self, text: &'c [u8]) -> u64 {
        let next = self.texts.len() as u64;
        let n = *self.numbers.entry(text).or_insert(next);
        if n == next {
            self.texts.push(text);
        }
        n
    }

    fn names(&mut self, out: &mut Vec<u8>, names: &'c [Arc<str>]) {
        number(out, names.len() as u64);
        for name in names {
            number(out, self.text(name.as_bytes()));
        }
    }

    fn code(&mut self, code: &'c CodeObject, codes: &mut Vec<&'c CodeObject>) -> Option<Vec<u8>> {
        verify(code.fused(), code).ok()?;
        verify(code.unfused(), code).ok()?;
        let mut out = Vec::new();
        for n in [code.argcount, code.posonlyargcount, code.kwonlyargcount, code.flags.0, code.stacksize, code.firstlineno] {
            number(&mut out, u64::from(n));
        }
        for text in [&code.name, &code.qualname] {
            number(&mut out, self.text(text.as_bytes()));
        }
        self.names(&mut out, &code.localsplusnames);
        out.extend_from_slice(&code.localspluskinds);
        self.names(&mut out, &code.names);
        number(&mut out, code.consts.len() as u64);
        let mut consts = Vec::new();
        for constant in &code.consts {
            self.constant(&mut consts, constant, codes, 0)?;
        }
        bytes(&mut out, &consts);
        form(&mut out, code.fused());
        // Many functions have nothing for the compiler to join: then one form is enough.
        let same = code.joined.is_none() || code.unfused() == code.fused();
        out.push(u8::from(same));
        if !same {
            form(&mut out, code.unfused());
        }
        Some(out)
    }

    fn constant(&mut self, out: &mut Vec<u8>, constant: &'c Const, codes: &mut Vec<&'c CodeObject>, depth: usize) -> Option<()> {
        if depth > MAX_DEPTH {
            return None;
        }
        match constant {
            Const::None => out.push(tag::NONE),
            Const::Bool(b) => out.push(if *b { tag::TRUE } else { tag::FALSE }),
            Const::Ellipsis => out.push(tag::ELLIPSIS),
            Const::Int(n) => match n.word() {
                Some(n) => {
                    out.push(tag::INT);
                    number(out, (n << 1 ^ n >> 63).cast_unsigned());
                }
                None => {
                    out.push(tag::BIG);
                    bytes(out, &n.to_big().to_signed_bytes_le());
                }
            },
            Const::Float(f) => {
                out.push(tag::FLOAT);
                out.extend(f.to_bits().to_le_bytes());
            }
            Const::Complex(re, im) => {
                out.push(tag::COMPLEX);
                out.extend(re.to_bits().to_le_bytes());
                out.extend(im.to_bits().to_le_bytes());
            }
            Const::Str(s) => {
                let is_name = s.iter().all(|b| b.is_ascii_alphanumeric() || *b == b'_');
                out.push(if is_name { tag::NAME } else { tag::STR });
                number(out, self.text(s));
            }
            Const::Bytes(b) => {
                out.push(tag::BYTES);
                bytes(out, b);
            }
            Const::Tuple(items) | Const::FrozenSet(items) => {
                out.push(match constant {
                    Const::Tuple(_) => tag::TUPLE,
                    _ if items.iter().any(super::super::looks_interned) => tag::NAME_SET,
                    _ => tag::FROZENSET,
                });
                number(out, items.len() as u64);
                for item in items.iter() {
                    self.constant(out, item, codes, depth + 1)?;
                }
            }
            Const::Code(code) => {
                out.push(tag::CODE);
                number(out, codes.len() as u64);
                codes.push(code);
            }
        }
        Some(())
    }
}

fn form(out: &mut Vec<u8>, form: Form<'_>) {
    for part in [form.code, form.linetable, form.exceptiontable] {
        number(out, part.len() as u64);
    }
    for part in [form.code, form.linetable, form.exceptiontable] {
        out.extend_from_slice(part);
    }
}
