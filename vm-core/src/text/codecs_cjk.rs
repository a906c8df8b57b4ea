//! The Chinese, Japanese and Korean encodings of one and two bytes (in some, up to four or eight). Their tables are those of the WHATWG
//! encodings, which the crate `encoding_rs` carries; what is here is where CPython's codecs of these names differ: which pairs they leave
//! out, and which mean another character.

use super::codec::{CodecError, Decoder, Encoder, Errors, Step};
use super::wtf8::{StrBuf, StrRef};
use encoding_rs::{BIG5, DecoderResult, EUC_JP, EUC_KR, EncoderResult, GB18030, SHIFT_JIS};
use rustc_hash::FxHashMap;
use std::sync::OnceLock;

/// An encoding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cjk {
    /// `gb2312`
    Gb2312,
    /// `gbk`
    Gbk,
    /// `gb18030`
    Gb18030,
    /// `big5`
    Big5,
    /// `cp950`
    Cp950,
    /// `big5hkscs`
    Big5Hkscs,
    /// `shift_jis`
    ShiftJis,
    /// `cp932`
    Cp932,
    /// `euc_jp`
    EucJp,
    /// `euc_kr`
    EucKr,
    /// `cp949`
    Cp949,
}

/// What distinguishes an encoding from the WHATWG encoding its table is taken from.
struct Traits {
    name: &'static str,
    base: &'static encoding_rs::Encoding,
    /// Smallest and largest first byte, and smallest second byte.
    bounds: (u8, u8, u8),
    /// Whether pairs for private use are left out.
    no_private: bool,
    /// Pairs left out: ranges, both ends included.
    dropped: &'static [(u16, u16)],
    /// Pairs that mean other characters: the first pair, its character, how many.
    changed: &'static [(u16, u32, u16)],
    /// Characters that are written as pairs that mean another one, or as a byte below 256.
    written: &'static [(u32, u16)],
    /// Whether the last of several pairs of one character is written, instead of the first.
    last_pair: bool,
}

/// Characters of symbols that Japanese fonts draw in full width.
const WAVES: &[(u16, u32, u16)] = &[(0x8160, 0x301C, 1), (0x8161, 0x2016, 1), (0x817C, 0x2212, 1), (0x8191, 0xA2, 2), (0x81CA, 0xAC, 1)];
const WAVES_EUC: &[(u16, u32, u16)] =
    &[(0xA1C1, 0x301C, 1), (0xA1C2, 0x2016, 1), (0xA1DD, 0x2212, 1), (0xA1F1, 0xA2, 2), (0xA2CC, 0xAC, 1)];

/// The rows of kana, Cyrillic and circled numbers that Big5 had before the extension WHATWG's table has in their place.
macro_rules! big5_rows {
    ($($more:expr),* $(,)?) => {
        &[
            $($more,)*
            (0xC6A1, 0x30FE, 1), (0xC6A2, 0x309D, 2), (0xC6A4, 0x3005, 1), (0xC6A5, 0x3041, 83), (0xC6F8, 0x30A1, 7),
            (0xC740, 0x30A8, 63), (0xC7A1, 0x30E7, 16), (0xC7B1, 0x414, 2), (0xC7B3, 0x401, 1), (0xC7B4, 0x416, 7),
            (0xC7BB, 0x423, 19), (0xC7CE, 0x451, 1), (0xC7CF, 0x436, 26), (0xC7E9, 0x2460, 10), (0xC7F3, 0x2474, 10),
        ]
    };
}

macro_rules! big5_symbols {
    ($list:ident) => {
        $list!(
            (0xA145, 0x2022, 1),
            (0xA14E, 0xFF64, 1),
            (0xA1C2, 0x203E, 1),
            (0xA1E3, 0x223C, 1),
            (0xA1F2, 0x2641, 1),
            (0xA1F3, 0x2609, 1),
            (0xA241, 0xFF0F, 1),
            (0xA242, 0xFF3C, 1),
            (0xA244, 0xA5, 1),
            (0xA246, 0xA2, 2),
        )
    };
}

macro_rules! just {
    ($($item:expr),* $(,)?) => { &[$($item),*] };
}

impl Cjk {
    /// The encoding of CPython's normalised name.
    #[must_use]
    pub fn of_name(name: &str) -> Option<Cjk> {
        Some(match name {
            "gb2312" | "chinese" | "csiso58gb231280" | "euc_cn" | "euccn" | "eucgb2312_cn" | "gb2312_1980" | "gb2312_80" | "iso_ir_58" => {
                Cjk::Gb2312
            }
            "gbk" | "936" | "cp936" | "ms936" => Cjk::Gbk,
            "gb18030" | "gb18030_2000" => Cjk::Gb18030,
            "big5" | "big5_tw" | "csbig5" | "x_mac_trad_chinese" => Cjk::Big5,
            "cp950" | "950" | "ms950" => Cjk::Cp950,
            "big5hkscs" | "big5_hkscs" | "hkscs" => Cjk::Big5Hkscs,
            "shift_jis" | "csshiftjis" | "shiftjis" | "sjis" | "s_jis" | "x_mac_japanese" => Cjk::ShiftJis,
            "cp932" | "932" | "ms932" | "mskanji" | "ms_kanji" | "windows_31j" => Cjk::Cp932,
            "euc_jp" | "eucjp" | "ujis" | "u_jis" => Cjk::EucJp,
            "euc_kr" | "euckr" | "korean" | "ksc5601" | "ks_c_5601" | "ks_c_5601_1987" | "ksx1001" | "ks_x_1001" | "x_mac_korean" => {
                Cjk::EucKr
            }
            "cp949" | "949" | "ms949" | "uhc" => Cjk::Cp949,
            _ => return None,
        })
    }

    fn traits(self) -> Traits {
        let plain = |name, base, bounds| Traits {
            name,
            base,
            bounds,
            no_private: false,
            dropped: &[],
            changed: &[],
            written: &[],
            last_pair: false,
        };
        match self {
            Cjk::Gb2312 => Traits {
                no_private: true,
                dropped: &[(0xA2A1, 0xA2AA), (0xA2E3, 0xA2E3), (0xA6D9, 0xA6F5), (0xA8BB, 0xA8C0)],
                changed: &[(0xA1A4, 0x30FB, 1), (0xA1AA, 0x2015, 1)],
                ..plain("gb2312", GB18030, (0xA1, 0xF7, 0xA1))
            },
            Cjk::Gbk => Traits {
                no_private: true,
                dropped: &[
                    (0xA2E3, 0xA2E3),
                    (0xA3A0, 0xA3A0),
                    (0xA6D9, 0xA6DF),
                    (0xA6EC, 0xA6ED),
                    (0xA6F3, 0xA6F3),
                    (0xA8BC, 0xA8BC),
                    (0xA8BF, 0xA8BF),
                    (0xA989, 0xA995),
                    (0xFE50, 0xFEA0),
                ],
                ..plain("gbk", GB18030, (0x81, 0xFE, 0x40))
            },
            Cjk::Gb18030 => Traits {
                changed: &[
                    (0xA3A0, 0xE5E5, 1),
                    (0xA6D9, 0xE78D, 7),
                    (0xA6EC, 0xE794, 2),
                    (0xA6F3, 0xE796, 1),
                    (0xA8BC, 0xE7C7, 1),
                    (0xFE59, 0xE81E, 1),
                    (0xFE61, 0xE826, 1),
                    (0xFE66, 0xE82B, 2),
                    (0xFE6D, 0xE832, 1),
                    (0xFE7E, 0xE843, 1),
                    (0xFE90, 0xE854, 1),
                    (0xFEA0, 0xE864, 1),
                ],
                ..plain("gb18030", GB18030, (0x81, 0xFE, 0x40))
            },
            Cjk::Big5 => Traits {
                no_private: true,
                dropped: &[(0xA3C0, 0xA3E1), (0xC7FD, 0xC7FE), (0xC840, 0xC8FE), (0xF9D6, 0xF9FE)],
                changed: big5_symbols!(big5_rows),
                last_pair: true,
                ..plain("big5", BIG5, (0xA1, 0xF9, 0x40))
            },
            Cjk::Cp950 => Traits {
                no_private: true,
                dropped: &[(0xA3C0, 0xA3E0), (0xC7FD, 0xC7FE), (0xC840, 0xC8FE)],
                changed: big5_rows!((0xF9FE, 0x2593, 1)),
                written: &[
                    (0xA2, 0xA246),
                    (0xA3, 0xA247),
                    (0xA5, 0xA244),
                    (0x2022, 0xA145),
                    (0x203E, 0xA1C2),
                    (0x223C, 0xA1E3),
                    (0x2609, 0xA1F3),
                    (0x2641, 0xA1F2),
                    (0xFF64, 0xA14E),
                    (0x5341, 0xA451),
                    (0x5345, 0xA4CA),
                ],
                ..plain("cp950", BIG5, (0xA1, 0xF9, 0x40))
            },
            Cjk::Big5Hkscs => Traits {
                no_private: true,
                dropped: &[(0x877A, 0x877E), (0x87A1, 0x87DF), (0xA3C0, 0xA3E1)],
                changed: big5_symbols!(just),
                last_pair: true,
                ..plain("big5hkscs", BIG5, (0x87, 0xFE, 0x40))
            },
            Cjk::ShiftJis => Traits {
                no_private: true,
                dropped: &[(0x8740, 0x879C), (0xED40, 0xEFFC)],
                changed: WAVES,
                written: &[(0xA5, 0x5C), (0x203E, 0x7E)],
                ..plain("shift_jis", SHIFT_JIS, (0x81, 0xEF, 0x40))
            },
            Cjk::Cp932 => Traits {
                written: &[(0xA2, 0x8191), (0xA3, 0x8192), (0xAC, 0x81CA), (0x2016, 0x8161), (0x2212, 0x817C), (0x301C, 0x8160)],
                ..plain("cp932", SHIFT_JIS, (0x81, 0xFC, 0x40))
            },
            Cjk::EucJp => Traits {
                dropped: &[(0xADA1, 0xADFE), (0xF9A1, 0xFCFE)],
                changed: WAVES_EUC,
                written: &[(0xA5, 0x5C), (0x203E, 0x7E)],
                ..plain("euc_jp", EUC_JP, (0xA1, 0xFE, 0xA1))
            },
            Cjk::EucKr => Traits { dropped: &[(0xA4D4, 0xA4D4)], ..plain("euc_kr", EUC_KR, (0xA1, 0xFE, 0xA1)) },
            Cjk::Cp949 => plain("cp949", EUC_KR, (0x81, 0xFE, 0x41)),
        }
    }

    fn table(self) -> &'static Table {
        static TABLES: [OnceLock<Table>; 11] = [const { OnceLock::new() }; 11];
        TABLES[self as usize].get_or_init(|| Table::new(self))
    }

    /// The character of a single byte of 128 or more.
    fn single(self, byte: u8) -> Option<u32> {
        match (self, byte) {
            (Cjk::ShiftJis | Cjk::Cp932, 0xA1..=0xDF) => Some(0xFF61 + u32::from(byte - 0xA1)),
            (Cjk::Cp932, 0x80) => Some(0x80),
            (Cjk::Cp932, 0xA0) => Some(0xF8F0),
            (Cjk::Cp932, 0xFD..=0xFF) => Some(0xF8F1 + u32::from(byte - 0xFD)),
            _ => None,
        }
    }

    /// Decodes from an offset on.
    pub(super) fn decode_into(self, bytes: &[u8], start: usize, errors: Errors, out: &mut StrBuf) -> Result<(), CodecError> {
        let table = self.table();
        let step = |bytes: &[u8]| self.step(table, bytes);
        Decoder { encoding: table.name, step: &step, surrogate: &|_| None }.decode_into(bytes, start, errors, out)
    }

    /// Encodes; after an error `out` has what stands before it.
    pub(super) fn encode_into(self, text: StrRef<'_>, errors: Errors, out: &mut Vec<u8>) -> Result<(), CodecError> {
        let table = self.table();
        let encoder = Encoder {
            encoding: table.name,
            reason: "illegal multibyte sequence",
            has: &|code| code < 0x80 || self.put(table, code, &mut Vec::new()),
            put: &|code, out| {
                self.put(table, code, out);
            },
            bytewise: false,
            surrogates: false,
        };
        encoder.encode_into(text, errors, out)
    }

    /// How many of these bytes are whole characters.
    pub(super) fn complete_len(self, bytes: &[u8]) -> usize {
        let table = self.table();
        let mut at = 0;
        while at < bytes.len() {
            at += match self.step(table, &bytes[at..]) {
                Ok((_, len)) => len,
                Err((_, INCOMPLETE)) => return at,
                Err((len, _)) => len,
            };
        }
        at
    }

    fn step(self, table: &Table, bytes: &[u8]) -> Step {
        const WRONG: Step = Err((1, "illegal multibyte sequence"));
        let cut: Step = Err((bytes.len(), INCOMPLETE));
        let first = bytes[0];
        if first < 0x80 {
            return Ok((u32::from(first), 1));
        }
        if let Some(code) = self.single(first) {
            return Ok((code, 1));
        }
        if matches!((self, first), (Cjk::ShiftJis, 0x80 | 0xA0 | 0xFD..=0xFF)) {
            return WRONG;
        }
        let Some(&second) = bytes.get(1) else { return cut };
        let found = |code: Option<u32>, len: usize| code.map_or(WRONG, |code| Ok((code, len)));
        match (self, first, second) {
            (Cjk::EucJp, 0x8E, _) => found((0xA1..=0xDF).contains(&second).then(|| 0xFF61 + u32::from(second) - 0xA1), 2),
            (Cjk::EucJp, 0x8F, _) => match bytes.get(2) {
                None => cut,
                Some(&third) => found(whatwg(EUC_JP, &[first, second, third]).map(|c| if c == 0xFF5E { 0x7E } else { c }), 3),
            },
            (Cjk::Gb18030, 0x81..=0xFE, b'0'..=b'9') => match bytes.get(..4) {
                None => cut,
                Some(four) => found(whatwg(GB18030, four).map(|code| table.standard.get(&code).copied().unwrap_or(code)), 4),
            },
            (Cjk::EucKr, 0xA4, 0xD4) => match bytes.get(..8) {
                None => cut,
                Some(eight) => found(hangul::read(eight), 8),
            },
            _ => found(table.read(first, second), 2),
        }
    }

    /// Writes a character; false if the encoding lacks it.
    fn put(self, table: &Table, code: u32, out: &mut Vec<u8>) -> bool {
        if code < 0x80 {
            out.push(code as u8);
            return true;
        }
        if let Some(&pair) = table.pairs.get(&code) {
            if pair > 0xFF {
                out.push((pair >> 8) as u8);
            }
            out.push(pair as u8);
            return true;
        }
        if let Some(three) = table.triples.get(&code) {
            out.extend_from_slice(three);
            return true;
        }
        match self {
            Cjk::Gb18030 => {
                if let Some((first, _, number)) = MOVED.iter().find(|(first, count, _)| (*first..first + count).contains(&code)) {
                    out.extend(four_bytes(number + code - first));
                    return true;
                }
                let Some(c) = char::from_u32(code) else { return false };
                let mut four = [0; 8];
                let (result, _, written) =
                    GB18030.new_encoder().encode_from_utf8_without_replacement(c.encode_utf8(&mut [0; 4]), &mut four, true);
                out.extend_from_slice(&four[..written]);
                matches!(result, EncoderResult::InputEmpty)
            }
            Cjk::EucKr => hangul::write(code, out),
            _ => false,
        }
    }
}

/// Characters that `gb18030` writes in four bytes: the first, how many, and the first one's number among the sequences of four bytes.
const MOVED: &[(u32, u32, u32)] = &[(0x1E3F, 1, 7457), (0x9FB4, 8, 19057), (0xFE10, 10, 39076)];

/// The sequence of four bytes of that number.
fn four_bytes(number: u32) -> [u8; 4] {
    let digit = |n: u32| b'0' + (n % 10) as u8;
    [0x81 + (number / 12600) as u8, digit(number / 1260), 0x81 + (number / 10 % 126) as u8, digit(number)]
}

const INCOMPLETE: &str = "incomplete multibyte sequence";

/// The only character that these bytes are in a WHATWG encoding.
fn whatwg(encoding: &'static encoding_rs::Encoding, bytes: &[u8]) -> Option<u32> {
    let mut text = [0; 16];
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let (result, read, written) = decoder.decode_to_utf8_without_replacement(bytes, &mut text, true);
    let mut chars = std::str::from_utf8(&text[..written]).ok()?.chars();
    match (result, chars.next(), chars.next()) {
        (DecoderResult::InputEmpty, Some(c), None) if read == bytes.len() => Some(u32::from(c)),
        _ => None,
    }
}

/// The pairs of an encoding, in both directions.
struct Table {
    name: &'static str,
    /// Characters by pair, the first byte less 128; 0 for none.
    chars: Vec<u32>,
    pairs: FxHashMap<u32, u16>,
    /// What EUC-JP writes in three bytes.
    triples: FxHashMap<u32, [u8; 3]>,
    /// Characters that GB18030 has in private use, and their standard ones.
    standard: FxHashMap<u32, u32>,
}

impl Table {
    fn new(encoding: Cjk) -> Table {
        let traits = encoding.traits();
        let (low, high, trail) = traits.bounds;
        let mut table = Table {
            name: traits.name,
            chars: vec![0; 0x8000],
            pairs: FxHashMap::default(),
            triples: FxHashMap::default(),
            standard: FxHashMap::default(),
        };
        for pair in (low..=high).flat_map(|first| (trail..=0xFF).map(move |second| u16::from_be_bytes([first, second]))) {
            let bytes = pair.to_be_bytes();
            if encoding.single(bytes[0]).is_some() || traits.dropped.iter().any(|&(from, to)| (from..=to).contains(&pair)) {
                continue;
            }
            if let Some(code) = whatwg(traits.base, &bytes).filter(|code| !(traits.no_private && (0xE000..=0xF8FF).contains(code))) {
                table.chars[usize::from(pair - 0x8000)] = code;
            }
        }
        for &(pair, code, count) in traits.changed {
            for i in 0..count {
                let place = &mut table.chars[usize::from(pair + i - 0x8000)];
                if encoding == Cjk::Gb18030 && *place != 0x3000 {
                    table.standard.insert(code + u32::from(i), *place);
                }
                *place = code + u32::from(i);
            }
        }
        for (i, &code) in table.chars.iter().enumerate().filter(|(_, code)| **code != 0) {
            let pair = 0x8000 + i as u16;
            if traits.last_pair {
                table.pairs.insert(code, pair);
            } else {
                table.pairs.entry(code).or_insert(pair);
            }
        }
        table.pairs.extend(traits.written.iter().copied());
        for byte in 0x80..=0xFF {
            if let Some(code) = encoding.single(byte) {
                table.pairs.insert(code, u16::from(byte));
            }
        }
        if encoding == Cjk::EucJp {
            table.pairs.extend((0xA1..=0xDF).map(|second: u16| (0xFF61 + u32::from(second) - 0xA1, 0x8E00 | second)));
            for (second, third) in (0xA1..=0xFE).flat_map(|second| (0xA1..=0xFE).map(move |third| (second, third))) {
                if let Some(code) = whatwg(EUC_JP, &[0x8F, second, third]).filter(|&code| code != 0xFF5E) {
                    table.triples.insert(code, [0x8F, second, third]);
                }
            }
        }
        table
    }

    fn read(&self, first: u8, second: u8) -> Option<u32> {
        let pair = u16::from_be_bytes([first, second]);
        let code = *self.chars.get(usize::from(pair).checked_sub(0x8000)?)?;
        if code == 0 { None } else { Some(code) }
    }
}

/// Syllables that KS X 1001 lacks, written as a filler and three letters.
mod hangul {
    const INITIAL: [u8; 19] =
        [0xA1, 0xA2, 0xA4, 0xA7, 0xA8, 0xA9, 0xB1, 0xB2, 0xB3, 0xB5, 0xB6, 0xB7, 0xB8, 0xB9, 0xBA, 0xBB, 0xBC, 0xBD, 0xBE];
    const FINAL: [u8; 28] = [
        0xD4, 0xA1, 0xA2, 0xA3, 0xA4, 0xA5, 0xA6, 0xA7, 0xA9, 0xAA, 0xAB, 0xAC, 0xAD, 0xAE, 0xAF, 0xB0, 0xB1, 0xB2, 0xB4, 0xB5, 0xB6, 0xB7,
        0xB8, 0xBA, 0xBB, 0xBC, 0xBD, 0xBE,
    ];
    const FIRST: u32 = 0xAC00;
    const LEAD: u8 = 0xA4;
    const FILLER: u8 = 0xD4;

    pub(super) fn read(bytes: &[u8]) -> Option<u32> {
        let &[LEAD, FILLER, LEAD, initial, LEAD, medial, LEAD, last] = bytes else { return None };
        let initial = INITIAL.iter().position(|&b| b == initial)? as u32;
        let medial = u32::from(medial.checked_sub(0xBF).filter(|&m| m < 21)?);
        let last = FINAL.iter().position(|&b| b == last)? as u32;
        Some(FIRST + (initial * 21 + medial) * 28 + last)
    }

    pub(super) fn write(code: u32, out: &mut Vec<u8>) -> bool {
        if code == 0x3164 {
            out.extend([LEAD, FILLER]);
            return true;
        }
        let Some(i) = code.checked_sub(FIRST).filter(|&i| i < 19 * 21 * 28) else { return false };
        let (initial, medial, last) = (INITIAL[i as usize / 588], 0xBF + (i / 28 % 21) as u8, FINAL[i as usize % 28]);
        out.extend([LEAD, FILLER, LEAD, initial, LEAD, medial, LEAD, last]);
        true
    }
}
