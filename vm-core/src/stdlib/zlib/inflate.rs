//! Decompression as zlib does it: headers and checksums here, the deflated data by `miniz_oxide`.

use miniz_oxide::inflate::stream::{InflateState, inflate};
use miniz_oxide::{DataFormat, MZError, MZFlush, MZStatus};

/// What surrounds the deflated data.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Wrapper {
    Raw,
    Zlib,
    Gzip,
    /// Zlib or gzip, whichever it turns out to be.
    Either,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Phase {
    Header,
    Data,
    Trailer,
    End,
}

/// How far a call came.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Step {
    /// All input was used up.
    MoreInput,
    /// The limit of output was reached.
    Full,
    /// The stream has ended.
    End,
    /// A dictionary with that checksum is wanted.
    Dictionary(u32),
}

/// A decompressor.
#[derive(Clone)]
pub(super) struct Inflater {
    wrapper: Wrapper,
    window_bits: i32,
    phase: Phase,
    /// Bytes of a header or trailer so far.
    held: Vec<u8>,
    data: Box<InflateState>,
    adler: adler2::Adler32,
    crc: crc32fast::Hasher,
    length: u32,
}

impl Inflater {
    /// A decompressor for `wbits` as zlib takes it; `None` if that is invalid.
    pub(super) fn new(wbits: i32) -> Option<Inflater> {
        let (wrapper, window_bits) = match wbits {
            -15..=-8 => (Wrapper::Raw, -wbits),
            0 => (Wrapper::Zlib, 15),
            8..=15 => (Wrapper::Zlib, wbits),
            24..=31 => (Wrapper::Gzip, wbits - 16),
            32 => (Wrapper::Either, 15),
            40..=47 => (Wrapper::Either, wbits - 32),
            _ => return None,
        };
        Some(Inflater {
            wrapper,
            window_bits,
            phase: if wrapper == Wrapper::Raw { Phase::Data } else { Phase::Header },
            held: Vec::new(),
            data: InflateState::new_boxed(DataFormat::Raw),
            adler: adler2::Adler32::new(),
            crc: crc32fast::Hasher::new(),
            length: 0,
        })
    }

    /// Whether streams have no header that could ask for a dictionary.
    pub(super) fn is_raw(&self) -> bool {
        self.wrapper == Wrapper::Raw
    }

    /// Goes on after a dictionary was given.
    pub(super) fn dictionary_given(&mut self) {
        self.phase = Phase::Data;
    }

    /// Decompresses, up to `limit` bytes of output; gives how much input was used.
    pub(super) fn feed(&mut self, input: &[u8], limit: usize, out: &mut Vec<u8>) -> (usize, Result<Step, &'static str>) {
        let mut used = 0;
        loop {
            match self.phase {
                Phase::Header => {
                    let Some(&b) = input.get(used) else { return (used, Ok(Step::MoreInput)) };
                    used += 1;
                    self.held.push(b);
                    match self.header() {
                        Ok(None) => {}
                        Ok(Some(Step::Dictionary(id))) => return (used, Ok(Step::Dictionary(id))),
                        Ok(Some(_)) => {
                            self.held.clear();
                            self.phase = Phase::Data;
                        }
                        Err(why) => return (used, Err(why)),
                    }
                }
                Phase::Data => {
                    let (n, step) = self.inflate(&input[used..], limit, out);
                    used += n;
                    match step {
                        Ok(Step::End) => self.phase = if self.wrapper == Wrapper::Raw { Phase::End } else { Phase::Trailer },
                        other => return (used, other),
                    }
                }
                Phase::Trailer => {
                    let wanted = if self.wrapper == Wrapper::Gzip { 8 } else { 4 };
                    while self.held.len() < wanted {
                        let Some(&b) = input.get(used) else { return (used, Ok(Step::MoreInput)) };
                        used += 1;
                        self.held.push(b);
                    }
                    if let Err(why) = self.check() {
                        return (used, Err(why));
                    }
                    self.phase = Phase::End;
                }
                Phase::End => return (used, Ok(Step::End)),
            }
        }
    }

    fn inflate(&mut self, mut input: &[u8], limit: usize, out: &mut Vec<u8>) -> (usize, Result<Step, &'static str>) {
        let mut used = 0;
        let mut chunk = [0; 8192];
        loop {
            let room = chunk.len().min(limit.saturating_sub(out.len()));
            if room == 0 {
                return (used, Ok(Step::Full));
            }
            let result = inflate(&mut self.data, input, &mut chunk[..room], MZFlush::None);
            used += result.bytes_consumed;
            input = &input[result.bytes_consumed..];
            let made = &chunk[..result.bytes_written];
            out.extend_from_slice(made);
            if self.wrapper == Wrapper::Gzip {
                self.crc.update(made);
                self.length = self.length.wrapping_add(made.len() as u32);
            } else if self.wrapper == Wrapper::Zlib {
                self.adler.write_slice(made);
            }
            match result.status {
                Ok(MZStatus::StreamEnd) => return (used, Ok(Step::End)),
                Ok(_) if input.is_empty() && result.bytes_written < room => return (used, Ok(Step::MoreInput)),
                Err(MZError::Buf) if result.bytes_written == 0 && result.bytes_consumed == 0 => return (used, Ok(Step::MoreInput)),
                Ok(_) | Err(MZError::Buf) => {}
                Err(_) => return (used, Err("invalid block type")),
            }
        }
    }

    /// Looks at the header so far: nothing while it is incomplete.
    fn header(&mut self) -> Result<Option<Step>, &'static str> {
        let h = &self.held[..];
        if self.wrapper == Wrapper::Gzip || (self.wrapper == Wrapper::Either && h[0] == 0x1f && h.get(1).is_none_or(|&b| b == 0x8b)) {
            if h.len() < 2 {
                return Ok(None);
            }
            if h[..2] != [0x1f, 0x8b] {
                return Err("incorrect header check");
            }
            if h.get(2).is_some_and(|&b| b != 8) {
                return Err("unknown compression method");
            }
            if h.get(3).is_some_and(|&b| b & 0xe0 != 0) {
                return Err("unknown header flags set");
            }
            if gzip_header_end(h).is_none() {
                return Ok(None);
            }
            self.wrapper = Wrapper::Gzip;
            return Ok(Some(Step::MoreInput));
        }
        let &[method, flags, ref rest @ ..] = h else { return Ok(None) };
        if (u32::from(method) << 8 | u32::from(flags)) % 31 != 0 {
            return Err("incorrect header check");
        }
        if method & 15 != 8 {
            return Err("unknown compression method");
        }
        if i32::from(method >> 4) + 8 > self.window_bits {
            return Err("invalid window size");
        }
        self.wrapper = Wrapper::Zlib;
        if flags & 0x20 == 0 {
            return Ok(Some(Step::MoreInput));
        }
        let id = rest.first_chunk().map(|&id| u32::from_be_bytes(id));
        if id.is_some() {
            self.held.clear();
        }
        Ok(id.map(Step::Dictionary))
    }

    fn check(&mut self) -> Result<(), &'static str> {
        let held = std::mem::take(&mut self.held);
        let word = |at: usize| [held[at], held[at + 1], held[at + 2], held[at + 3]];
        if self.wrapper == Wrapper::Gzip {
            if u32::from_le_bytes(word(0)) != self.crc.clone().finalize() {
                return Err("incorrect data check");
            }
            if u32::from_le_bytes(word(4)) != self.length {
                return Err("incorrect length check");
            }
        } else if u32::from_be_bytes(word(0)) != self.adler.checksum() {
            return Err("incorrect data check");
        }
        Ok(())
    }
}

/// Length of a gzip header, if it is complete.
fn gzip_header_end(h: &[u8]) -> Option<usize> {
    let flags = *h.get(3)?;
    let mut at = 10;
    if flags & 4 != 0 {
        let extra = usize::from(u16::from_le_bytes([*h.get(at)?, *h.get(at + 1)?]));
        at += 2 + extra;
    }
    for text in [8, 16] {
        if flags & text != 0 {
            at += memchr::memchr(0, h.get(at..)?)? + 1;
        }
    }
    if flags & 2 != 0 {
        at += 2;
    }
    (h.len() >= at).then_some(at)
}
