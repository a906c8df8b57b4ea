//! Bytes to code objects, one at a time and only as far as asked for. Nothing here trusts a length.

use super::super::{CodeFlags, CodeObject, Const, Form};
use super::entry::Key;
use super::{MAX_DEPTH, tag};
use num_bigint::BigInt;
use std::sync::Arc;

/// A packed module, whole in memory.
#[derive(Debug)]
pub struct PackedModule {
    bytes: Vec<u8>,
    /// Where the ends of the texts, the starts of the code objects, the texts and the code objects themselves begin.
    ends: usize,
    starts: usize,
    texts: usize,
    codes: usize,
    filename: Arc<str>,
}

/// What is known of a code object before its instructions and constants are looked at; a name is whatever the reader makes of it.
#[derive(Debug)]
pub struct Head<N> {
    /// `co_argcount`.
    pub argcount: u32,
    /// `co_posonlyargcount`.
    pub posonlyargcount: u32,
    /// `co_kwonlyargcount`.
    pub kwonlyargcount: u32,
    /// `co_flags`.
    pub flags: CodeFlags,
    /// `co_stacksize`.
    pub stacksize: u32,
    /// `co_firstlineno`.
    pub firstlineno: u32,
    /// `co_name`.
    pub name: N,
    /// `co_qualname`.
    pub qualname: N,
    /// `co_localsplusnames`.
    pub localsplusnames: Box<[N]>,
    /// Where `co_localspluskinds` stands ([`PackedModule::slice`]): a byte for each name.
    pub kinds: usize,
    /// `co_names`.
    pub names: Box<[N]>,
    /// How many constants there are.
    pub const_count: usize,
    /// Where they stand, and the instructions behind them ([`PackedModule::body`]).
    pub body: usize,
}

/// The rest of a code object.
#[derive(Debug)]
pub struct Body<'a> {
    /// One of the two forms.
    pub form: Form<'a>,
    /// At the first constant.
    pub consts: Reader<'a>,
}

/// A constant, or what announces the elements of one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Constant<'a> {
    /// `None`.
    None,
    /// `True` or `False`.
    Bool(bool),
    /// `...`.
    Ellipsis,
    /// An integer of 64 bits.
    Int(i64),
    /// A larger one, in two's complement, little-endian.
    Big(&'a [u8]),
    /// A float.
    Float(f64),
    /// A complex number.
    Complex(f64, f64),
    /// The number of a string.
    Str(u32),
    /// The number of a string that reads like an identifier.
    Name(u32),
    /// A bytes object.
    Bytes(&'a [u8]),
    /// A tuple of so many constants, which follow.
    Tuple(usize),
    /// A frozenset of so many constants, which follow, and whether one of them reads like an identifier.
    FrozenSet(usize, bool),
    /// The number of a code object.
    Code(u32),
}

/// Reads forward.
#[derive(Clone, Copy, Debug, Default)]
pub struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    fn byte(&mut self) -> Option<u8> {
        let byte = *self.bytes.get(self.at)?;
        self.at += 1;
        Some(byte)
    }

    fn take(&mut self, n: usize) -> Option<&'a [u8]> {
        let taken = self.bytes.get(self.at..self.at.checked_add(n)?)?;
        self.at += n;
        Some(taken)
    }

    #[inline]
    fn number(&mut self) -> Option<u64> {
        let first = self.byte()?;
        if first < 0x80 { Some(u64::from(first)) } else { self.long_number(first) }
    }

    fn long_number(&mut self, first: u8) -> Option<u64> {
        let (mut n, mut shift) = (u64::from(first & 0x7f), 7);
        loop {
            let byte = self.byte()?;
            n |= u64::from(byte & 0x7f).checked_shl(shift)?;
            shift += 7;
            if byte < 0x80 {
                return Some(n);
            }
        }
    }

    fn small(&mut self) -> Option<u32> {
        u32::try_from(self.number()?).ok()
    }

    /// A number of things that take at least a byte each.
    fn count(&mut self) -> Option<usize> {
        usize::try_from(self.number()?).ok().filter(|n| *n <= self.bytes.len() - self.at)
    }

    fn block(&mut self) -> Option<&'a [u8]> {
        let n = self.count()?;
        self.take(n)
    }

    fn double(&mut self) -> Option<f64> {
        Some(f64::from_bits(u64::from_le_bytes(self.take(8)?.try_into().ok()?)))
    }

    /// The next constant; the elements of a tuple or frozenset are the ones after it.
    pub fn constant(&mut self) -> Option<Constant<'a>> {
        Some(match self.byte()? {
            tag::NONE => Constant::None,
            tag::FALSE => Constant::Bool(false),
            tag::TRUE => Constant::Bool(true),
            tag::ELLIPSIS => Constant::Ellipsis,
            tag::INT => {
                let n = self.number()?;
                Constant::Int((n >> 1).cast_signed() ^ -(n & 1).cast_signed())
            }
            tag::BIG => Constant::Big(self.block()?),
            tag::FLOAT => Constant::Float(self.double()?),
            tag::COMPLEX => Constant::Complex(self.double()?, self.double()?),
            tag::STR => Constant::Str(self.small()?),
            tag::NAME => Constant::Name(self.small()?),
            tag::BYTES => Constant::Bytes(self.block()?),
            tag::TUPLE => Constant::Tuple(self.count()?),
            tag::FROZENSET => Constant::FrozenSet(self.count()?, false),
            tag::NAME_SET => Constant::FrozenSet(self.count()?, true),
            tag::CODE => Constant::Code(self.small()?),
            _ => return None,
        })
    }

    fn form(&mut self) -> Option<Form<'a>> {
        let (code, lines, exceptions) = (self.count()?, self.count()?, self.count()?);
        Some(Form { code: self.take(code)?, linetable: self.take(lines)?, exceptiontable: self.take(exceptions)? })
    }
}

impl PackedModule {
    /// Reads an entry, the code in which will show `filename`; `None` if it is not the key's, or not whole.
    #[must_use]
    pub fn open(entry: Vec<u8>, key: &Key, filename: &str) -> Option<PackedModule> {
        let body = key.open(&entry)?;
        let module = PackedModule { bytes: entry, ends: body + 8, starts: 0, texts: 0, codes: 0, filename: filename.into() };
        let (texts, codes) = (module.word(body)?, module.word(body + 4)?);
        let starts = module.ends.checked_add(texts.checked_mul(4)?)?;
        let first = starts.checked_add(codes.checked_mul(4)?)?;
        let length = if texts == 0 { 0 } else { module.word(starts - 4)? };
        let codes = first.checked_add(length).filter(|at| *at <= module.bytes.len())?;
        Some(PackedModule { starts, texts: first, codes, ..module })
    }

    fn word(&self, at: usize) -> Option<usize> {
        let word = self.bytes.get(at..at.checked_add(4)?)?;
        Some(u32::from_le_bytes(word.try_into().ok()?) as usize)
    }

    /// How many texts there are.
    #[must_use]
    pub fn text_count(&self) -> usize {
        (self.starts - self.ends) / 4
    }

    /// How many code objects there are; the module's own has number 0.
    #[must_use]
    pub fn code_count(&self) -> usize {
        (self.texts - self.starts) / 4
    }

    /// `co_filename` of all of them.
    #[must_use]
    pub fn filename(&self) -> &str {
        &self.filename
    }

    /// A text, as WTF-8.
    #[must_use]
    pub fn text(&self, number: u32) -> Option<&[u8]> {
        let number = number as usize;
        if number >= self.text_count() {
            return None;
        }
        let end = self.word(self.ends + 4 * number)?;
        let start = if number == 0 { 0 } else { self.word(self.ends + 4 * number - 4)? };
        self.bytes[self.texts..self.codes].get(start..end)
    }

    /// So many bytes from a place in the entry.
    #[must_use]
    pub fn slice(&self, at: usize, length: usize) -> &[u8] {
        self.bytes.get(at..at + length).unwrap_or_default()
    }

    /// The head of a code object; `name` makes a name of a text's number.
    pub fn head<N>(&self, number: u32, mut name: impl FnMut(u32) -> Option<N>) -> Option<Head<N>> {
        if number as usize >= self.code_count() {
            return None;
        }
        let at = self.codes.checked_add(self.word(self.starts + 4 * number as usize)?)?;
        let mut r = Reader { bytes: &self.bytes, at };
        let (argcount, posonlyargcount, kwonlyargcount) = (r.small()?, r.small()?, r.small()?);
        let (flags, stacksize, firstlineno) = (CodeFlags(r.small()?), r.small()?, r.small()?);
        let (own, qualname) = (name(r.small()?)?, name(r.small()?)?);
        let mut names = |r: &mut Reader<'_>| -> Option<Box<[N]>> {
            let count = r.count()?;
            let mut out = Vec::with_capacity(count);
            for _ in 0..count {
                out.push(name(r.small()?)?);
            }
            Some(out.into())
        };
        let localsplusnames = names(&mut r)?;
        let kinds = r.at;
        r.take(localsplusnames.len())?;
        let names = names(&mut r)?;
        if u64::from(argcount) + u64::from(kwonlyargcount) > localsplusnames.len() as u64 || posonlyargcount > argcount {
            return None;
        }
        Some(Head {
            argcount,
            posonlyargcount,
            kwonlyargcount,
            flags,
            stacksize,
            firstlineno,
            name: own,
            qualname,
            localsplusnames,
            kinds,
            names,
            const_count: r.count()?,
            body: r.at,
        })
    }

    /// What stands behind a head: the constants, and the form with the compiler's superinstructions or the one without.
    #[must_use]
    pub fn body(&self, at: usize, fused: bool) -> Option<Body<'_>> {
        let mut r = Reader { bytes: &self.bytes, at };
        let consts = r.block()?;
        let mut form = r.form()?;
        if !fused && r.byte()? == 0 {
            form = r.form()?;
        }
        Some(Body { form, consts: Reader { bytes: consts, at: 0 } })
    }

    /// A code object as the compiler made it, with all that are nested in it.
    #[must_use]
    pub fn code(&self, number: u32) -> Option<Arc<CodeObject>> {
        let head = self.head(number, |n| Some(Arc::from(std::str::from_utf8(self.text(n)?).ok()?)))?;
        let (fused, unfused) = (self.body(head.body, true)?, self.body(head.body, false)?);
        let mut reader = fused.consts;
        let mut consts = Vec::with_capacity(head.const_count);
        for _ in 0..head.const_count {
            consts.push(self.constant(&mut reader, number, 0)?);
        }
        Some(Arc::new(CodeObject {
            argcount: head.argcount,
            posonlyargcount: head.posonlyargcount,
            kwonlyargcount: head.kwonlyargcount,
            flags: head.flags,
            stacksize: head.stacksize,
            name: head.name,
            qualname: head.qualname,
            filename: self.filename.clone(),
            firstlineno: head.firstlineno,
            names: head.names,
            consts: consts.into(),
            localspluskinds: self.slice(head.kinds, head.localsplusnames.len()).into(),
            localsplusnames: head.localsplusnames,
            joined: (fused.form != unfused.form).then(|| fused.form.into()),
            plain: unfused.form.into(),
        }))
    }

    fn constant(&self, r: &mut Reader<'_>, within: u32, depth: usize) -> Option<Const> {
        let items = |r: &mut Reader<'_>, n: usize| -> Option<Arc<[Const]>> {
            if depth > MAX_DEPTH {
                return None;
            }
            (0..n).map(|_| self.constant(r, within, depth + 1)).collect()
        };
        Some(match r.constant()? {
            Constant::None => Const::None,
            Constant::Bool(b) => Const::Bool(b),
            Constant::Ellipsis => Const::Ellipsis,
            Constant::Int(n) => Const::Int(n.into()),
            Constant::Big(bytes) => Const::Int(BigInt::from_signed_bytes_le(bytes).into()),
            Constant::Float(f) => Const::Float(f),
            Constant::Complex(re, im) => Const::Complex(re, im),
            Constant::Str(n) | Constant::Name(n) => Const::Str(self.text(n)?.into()),
            Constant::Bytes(b) => Const::Bytes(b.into()),
            Constant::Tuple(n) => Const::Tuple(items(r, n)?),
            Constant::FrozenSet(n, _) => Const::FrozenSet(items(r, n)?),
            // Numbers grow inwards, so that this ends.
            Constant::Code(n) if n > within => Const::Code(self.code(n)?),
            Constant::Code(_) => return None,
        })
    }
}
