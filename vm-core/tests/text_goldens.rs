//! Compares `vm_core::text` with answers recorded from CPython (`scripts/make_text_goldens.py`).
//!
//! The committed file is a sample; the variable `TEXT_GOLDENS` may name a larger one.

use std::cmp::Ordering;

use num_bigint::BigInt;
use vm_core::text::codec::{CodecError, Errors};
use vm_core::text::codecs_wide::Wide;
use vm_core::text::error::{TextError, TextResult};
use vm_core::text::int_bytes::ByteOrder;
use vm_core::text::percent::{Amount, Piece};
use vm_core::text::split::Sides;
use vm_core::text::template::{Access, First};
use vm_core::text::wtf8::{StrBuf, StrRef};
use vm_core::text::*;

const LIMIT: usize = 4300;

type Items = Vec<Vec<u8>>;

fn unescape(text: &str) -> Vec<u8> {
    let mut out = Vec::new();
    let mut bytes = text.bytes();
    while let Some(b) = bytes.next() {
        if b == b'%' {
            let digit = |b: Option<u8>| char::from(b.unwrap()).to_digit(16).unwrap() as u8;
            let high = digit(bytes.next());
            out.push(high << 4 | digit(bytes.next()));
        } else {
            out.push(b);
        }
    }
    out
}

/// The arguments of a case.
struct Args(Vec<Vec<u8>>);

impl Args {
    fn bytes(&self, i: usize) -> &[u8] {
        &self.0[i]
    }
    fn text(&self, i: usize) -> StrRef<'_> {
        StrRef::new(&self.0[i])
    }
    fn utf8(&self, i: usize) -> &str {
        std::str::from_utf8(&self.0[i]).unwrap()
    }
    fn int(&self, i: usize) -> BigInt {
        big(&self.0[i])
    }
    fn size(&self, i: usize) -> isize {
        self.utf8(i).parse().unwrap()
    }
    fn float(&self, i: usize) -> f64 {
        bits(self.utf8(i))
    }
    fn range(&self, len: usize) -> (usize, usize) {
        search::adjust_range(self.size(2), self.size(3), len)
    }
}

fn big(text: &[u8]) -> BigInt {
    std::str::from_utf8(text).unwrap().parse().unwrap()
}

fn bits(text: &str) -> f64 {
    if text == "nan" { f64::NAN } else { f64::from_bits(text.parse().unwrap()) }
}

fn one(item: impl Into<Vec<u8>>) -> TextResult<Items> {
    Ok(vec![item.into()])
}

fn buf(item: StrBuf) -> TextResult<Items> {
    one(item.into_bytes())
}

fn flag(value: bool) -> TextResult<Items> {
    one(if value { "1" } else { "0" })
}

/// Sign and limbs.
fn limbs_of(value: &BigInt) -> (bool, Vec<u64>) {
    (value.sign() == num_bigint::Sign::Minus, value.magnitude().to_u64_digits())
}

/// Formats an integer as the interpreter has it: a machine integer, or sign and limbs.
fn whole<T>(value: &BigInt, f: impl FnOnce(format_apply::Whole<'_>) -> T) -> T {
    match i64::try_from(value) {
        Ok(n) => f(n.into()),
        Err(_) => {
            let (negative, limbs) = limbs_of(value);
            f((negative, &limbs[..]).into())
        }
    }
}

fn num(value: impl ToString) -> TextResult<Items> {
    one(value.to_string())
}

fn float_bits(value: f64) -> Vec<u8> {
    if value.is_nan() { b"nan".to_vec() } else { value.to_bits().to_string().into_bytes() }
}

fn order(value: Option<Ordering>) -> TextResult<Items> {
    value.map_or_else(|| one("none"), |o| num(o as i32))
}

fn refs(items: Vec<StrRef<'_>>) -> TextResult<Items> {
    Ok(items.into_iter().map(|s| s.bytes.to_vec()).collect())
}

fn ranges(bytes: &[u8], items: Vec<(usize, usize)>) -> TextResult<Items> {
    Ok(items.into_iter().map(|(a, b)| bytes[a..b].to_vec()).collect())
}

fn slice(text: StrRef<'_>, lo: isize, hi: isize, step: isize) -> StrBuf {
    let len = text.chars as isize;
    let fix = |i: isize| {
        let i = if i < 0 { i + len } else { i };
        if step > 0 { i.clamp(0, len) } else { i.clamp(-1, len - 1) }
    };
    let (lo, hi) = (fix(lo), fix(hi));
    let count = if step > 0 { (hi - lo + step - 1) / step } else { (lo - hi - step - 1) / -step };
    text.slice_step(lo.max(0) as usize, step, count.max(0) as usize)
}

fn encode(a: &Args) -> TextResult<Items> {
    let (text, errors) = (a.text(0), Errors::from_name(a.bytes(2)).unwrap());
    let result = match a.utf8(1) {
        "utf-8" => codecs_8bit::encode_utf8(text, errors),
        "ascii" => codecs_8bit::encode_ascii(text, errors),
        "latin-1" => codecs_8bit::encode_latin1(text, errors),
        name => codecs_wide::encode_wide(text, wide(name).0, wide(name).1, errors),
    };
    result.map(|bytes| vec![bytes]).map_err(|e| unicode_error("UnicodeEncodeError", e.encode_message(text)))
}

fn decode(a: &Args) -> TextResult<Items> {
    let (bytes, errors) = (a.bytes(0), Errors::from_name(a.bytes(2)).unwrap());
    let result: Result<StrBuf, CodecError> = match a.utf8(1) {
        "utf-8" => codecs_8bit::decode_utf8(bytes, errors),
        "ascii" => codecs_8bit::decode_ascii(bytes, errors),
        "latin-1" => Ok(codecs_8bit::decode_latin1(bytes)),
        name => codecs_wide::decode_wide(bytes, wide(name).0, wide(name).1, errors),
    };
    result.map(|text| vec![text.into_bytes()]).map_err(|e| unicode_error("UnicodeDecodeError", e.decode_message(bytes)))
}

/// The kind of a codec's error travels in front of its message.
fn unicode_error(class: &str, message: String) -> TextError {
    TextError::value(format!("{class}\0{message}"))
}

fn wide(name: &str) -> (Wide, Option<ByteOrder>) {
    let order = match name.get(7..) {
        Some("le") => Some(ByteOrder::Little),
        Some("be") => Some(ByteOrder::Big),
        _ => None,
    };
    (if name.starts_with("utf-16") { Wide::Utf16 } else { Wide::Utf32 }, order)
}

fn percent(a: &Args) -> TextResult<Items> {
    let mut out = StrBuf::new();
    let mut next = 1;
    let mut take = || {
        let arg = a.0.get(next).ok_or_else(|| TextError::type_error("not enough arguments for format string"))?;
        next += 1;
        Ok((arg[0], &arg[1..]))
    };
    for piece in percent::PercentParser::new(a.text(0), false) {
        let mut conversion = match piece? {
            Piece::Literal(text) => {
                out.push_str(text);
                continue;
            }
            Piece::Conversion(conversion) => conversion,
        };
        let small = |arg: &[u8]| std::str::from_utf8(arg).unwrap().parse::<i32>().unwrap();
        if conversion.width == Amount::Star {
            conversion.set_width(small(take()?.1) as isize);
        }
        if conversion.precision == Amount::Star {
            conversion.set_precision(small(take()?.1));
        }
        let (kind, value) = take()?;
        let text = StrRef::new(value);
        let piece = match (conversion.code_char(), kind) {
            ('d' | 'i' | 'u' | 'o' | 'x' | 'X', _) => whole(&big(value), |n| conversion.int(n, LIMIT))?,
            ('e' | 'E' | 'f' | 'F' | 'g' | 'G', _) => conversion.float(bits(text.as_utf8().unwrap()))?,
            ('c', b'i') => conversion.char(&big(value))?,
            ('c' | 's', _) => conversion.text(text)?,
            ('r', _) => conversion.text(repr::str_repr(text).as_ref())?,
            ('a', _) => conversion.text(repr::str_ascii(text).as_ref())?,
            _ => return Err(conversion.unsupported()),
        };
        out.push_str(piece.as_ref());
    }
    buf(out)
}

fn template(a: &Args) -> TextResult<Items> {
    let mut out = Vec::new();
    for segment in template::TemplateParser::new(a.text(0)) {
        let segment = segment?;
        out.push(segment.literal.bytes.to_vec());
        match segment.field {
            None => out.extend([b"-".to_vec(), b"-".to_vec(), b"-".to_vec()]),
            Some(field) => {
                out.push(field.name.bytes.to_vec());
                out.push(field.spec.bytes.to_vec());
                let conversion: Option<StrBuf> = field.conversion.map(|c| [c].into_iter().collect());
                out.push(conversion.map_or(b"-".to_vec(), StrBuf::into_bytes));
            }
        }
    }
    Ok(out)
}

fn field_name(a: &Args) -> TextResult<Items> {
    let tagged = |tag: &str, text: &[u8]| [tag.as_bytes(), text].concat();
    let (first, rest) = template::split_field_name(a.text(0), None)?;
    let mut out = vec![match first {
        First::Index(i) => format!("i{i}").into_bytes(),
        First::Key(key) => tagged("s", key.bytes),
    }];
    for access in rest {
        out.push(match access? {
            Access::Attribute(name) => tagged(".", name.bytes),
            Access::Index(i) => format!("i{i}").into_bytes(),
            Access::Key(key) => tagged("s", key.bytes),
        });
    }
    Ok(out)
}

fn numbers(op: &str, a: &Args) -> Option<TextResult<Items>> {
    let hashes = || a.0.iter().map(|i| hash::hash_int(&big(i)));
    Some(match op {
        "float_repr" => one(float_text::float_repr(a.float(0))),
        "complex_repr" => one(float_text::complex_repr(a.float(0), a.float(1))),
        "float_fmt" => format_apply::format_float(a.float(0), a.text(1), "float").and_then(buf),
        "complex_fmt" => format_apply::format_complex(a.float(0), a.float(1), a.text(2), "complex").and_then(buf),
        "float_parse" => float_parse::parse_float(a.text(0)).and_then(|v| one(float_bits(v))),
        "float_parse_bytes" => float_parse::parse_float_bytes(a.bytes(0)).and_then(|v| one(float_bits(v))),
        "complex_parse" => float_parse::parse_complex(a.text(0)).map(|(x, y)| vec![float_bits(x), float_bits(y)]),
        "float_hex" => one(float_hex::float_hex(a.float(0))),
        "float_fromhex" => float_hex::float_from_hex(a.bytes(0)).and_then(|v| one(float_bits(v))),
        "round" => float_ops::round_to(a.float(0), a.size(1) as i64).and_then(|v| one(float_bits(v))),
        "ratio" => float_ops::as_integer_ratio(a.float(0)).map(|(n, d)| vec![n.to_string().into(), d.to_string().into()]),
        "float_int" => float_ops::to_int(a.float(0)).and_then(num),
        "round_int" => float_ops::round_to_int(a.float(0)).and_then(num),
        "cmp_int" => order(float_ops::compare_int(a.float(0), &a.int(1))),
        "hash_float" => num(hash::hash_float(a.float(0)).unwrap()),
        "hash_complex" => {
            let part = |i| hash::hash_float(a.float(i)).unwrap();
            num(hash::combine_complex(part(0), part(1)))
        }
        "int_parse" => int_parse::parse_int(a.text(0), a.size(1) as u32, LIMIT).and_then(num),
        "int_parse_bytes" => int_parse::parse_int_bytes(a.bytes(0), a.size(1) as u32, LIMIT).and_then(num),
        "int_str" => int_text::int_to_decimal(&a.int(0), LIMIT).and_then(one),
        "int_fmt" => whole(&a.int(0), |n| format_apply::format_int(n, a.text(1), "int", LIMIT)).and_then(buf),
        "floordiv" => int_ops::floor_div(&a.int(0), &a.int(1)).and_then(num),
        "mod" => int_ops::floor_mod(&a.int(0), &a.int(1)).and_then(num),
        "divmod" => int_ops::div_mod(&a.int(0), &a.int(1)).map(|(q, r)| vec![q.to_string().into(), r.to_string().into()]),
        "truediv" => {
            let ((x_negative, x), (y_negative, y)) = (limbs_of(&a.int(0)), limbs_of(&a.int(1)));
            float_ops::true_divide((x_negative, &x), (y_negative, &y)).and_then(|v| one(float_bits(v)))
        }
        "gcd" => num(int_ops::gcd(&a.int(0), &a.int(1))),
        "isqrt" => int_ops::isqrt(&a.int(0)).and_then(num),
        "powmod" => int_ops::power_mod(&a.int(0), &a.int(1), &a.int(2)).and_then(num),
        "pow" => int_ops::power(&a.int(0), &a.int(1)).and_then(num),
        "lshift" => int_ops::shift_left(&a.int(0), &a.int(1)).and_then(num),
        "rshift" => int_ops::shift_right(&a.int(0), &a.int(1)).and_then(num),
        "iround" => int_ops::round_to(&a.int(0), &a.int(1)).and_then(num),
        "bits" => Ok(vec![int_ops::bit_length(&a.int(0)).to_string().into(), int_ops::bit_count(&a.int(0)).to_string().into()]),
        "to_bytes" => {
            let order = ByteOrder::from_name(a.bytes(2)).unwrap();
            let (negative, limbs) = limbs_of(&a.int(0));
            int_bytes::check_length(negative, &limbs, a.size(1), a.size(3) == 1).and_then(|()| {
                let mut bytes = vec![0; a.size(1) as usize];
                int_bytes::to_bytes(&mut bytes, negative, &limbs, order);
                one(bytes)
            })
        }
        "from_bytes" => {
            let order = ByteOrder::from_name(a.bytes(1)).unwrap();
            let (negative, len) = int_bytes::sign_and_len(a.bytes(0), order, a.size(2) == 1);
            let mut limbs = vec![0; len];
            int_bytes::from_bytes(&mut limbs, a.bytes(0), order, negative);
            num(limbs::to_bigint(negative, limbs::trimmed(&limbs)))
        }
        "int_float" => float_ops::from_int(&a.int(0)).and_then(|v| one(float_bits(v))),
        "hash_int" => num(hash::hash_int(&a.int(0))),
        "hash_tuple" => num(hash::combine_tuple(hashes().map(Ok::<_, std::convert::Infallible>)).unwrap_or_else(|never| match never {})),
        "hash_frozenset" => num(hash::combine_frozenset(hashes())),
        "hash_str" => num(hash::HashKey::from_seed(a.size(0) as u32).str(a.text(1))),
        "hash_bytes" => num(hash::HashKey::from_seed(a.size(0) as u32).bytes(a.bytes(1))),
        _ => return None,
    })
}

fn texts(op: &str, a: &Args) -> Option<TextResult<Items>> {
    let s = a.text(0);
    let index = |found: Option<usize>| num(found.map_or(-1, |i| i as isize));
    let fill = || a.text(2).get(0).unwrap();
    Some(match op {
        "lower" => buf(case::lower(s)),
        "upper" => buf(case::upper(s)),
        "title" => buf(case::title(s)),
        "capitalize" => buf(case::capitalize(s)),
        "swapcase" => buf(case::swapcase(s)),
        "casefold" => buf(case::casefold(s)),
        "isalpha" => flag(classify::is_alpha(s)),
        "isalnum" => flag(classify::is_alnum(s)),
        "isdecimal" => flag(classify::is_decimal(s)),
        "isdigit" => flag(classify::is_digit(s)),
        "isnumeric" => flag(classify::is_numeric(s)),
        "isspace" => flag(classify::is_space(s)),
        "isprintable" => flag(classify::is_printable(s)),
        "isidentifier" => flag(classify::is_identifier(s)),
        "isupper" => flag(classify::is_upper(s)),
        "islower" => flag(classify::is_lower(s)),
        "istitle" => flag(classify::is_title(s)),
        "isascii" => flag(classify::is_ascii(s)),
        "find" => index(search::find(s, a.text(1), a.range(s.chars).0, a.range(s.chars).1)),
        "rfind" => index(search::rfind(s, a.text(1), a.range(s.chars).0, a.range(s.chars).1)),
        "count" => num(search::count(s, a.text(1), a.range(s.chars).0, a.range(s.chars).1)),
        "startswith" => flag(search::starts_with(s, a.text(1), a.range(s.chars).0, a.range(s.chars).1)),
        "endswith" => flag(search::ends_with(s, a.text(1), a.range(s.chars).0, a.range(s.chars).1)),
        "replace" => search::replace(s, a.text(1), a.text(2), a.size(3)).and_then(buf),
        "split" => split::split(s, a.text(1), a.size(2)).and_then(refs),
        "rsplit" => split::rsplit(s, a.text(1), a.size(2)).and_then(refs),
        "split_ws" => refs(split::split_whitespace(s, a.size(1))),
        "rsplit_ws" => refs(split::rsplit_whitespace(s, a.size(1))),
        "splitlines" => refs(split::split_lines(s, a.size(1) == 1)),
        "partition" => split::partition(s, a.text(1)).and_then(|found| match found {
            Some((before, after)) => refs(vec![before, a.text(1), after]),
            None => refs(vec![s, StrRef::from(""), StrRef::from("")]),
        }),
        "rpartition" => split::rpartition(s, a.text(1)).and_then(|found| match found {
            Some((before, after)) => refs(vec![before, a.text(1), after]),
            None => refs(vec![StrRef::from(""), StrRef::from(""), s]),
        }),
        "strip" => refs(vec![split::strip(s, Some(a.text(1)), Sides::Both)]),
        "lstrip" => refs(vec![split::strip(s, Some(a.text(1)), Sides::Left)]),
        "rstrip" => refs(vec![split::strip(s, Some(a.text(1)), Sides::Right)]),
        "strip_ws" => refs(vec![split::strip(s, None, Sides::Both)]),
        "lstrip_ws" => refs(vec![split::strip(s, None, Sides::Left)]),
        "rstrip_ws" => refs(vec![split::strip(s, None, Sides::Right)]),
        "removeprefix" => refs(vec![split::remove_prefix(s, a.text(1))]),
        "removesuffix" => refs(vec![split::remove_suffix(s, a.text(1))]),
        "center" => pad::center(s, a.size(1), fill()).and_then(buf),
        "ljust" => pad::ljust(s, a.size(1), fill()).and_then(buf),
        "rjust" => pad::rjust(s, a.size(1), fill()).and_then(buf),
        "zfill" => pad::zfill(s, a.size(1)).and_then(buf),
        "expandtabs" => pad::expand_tabs(s, a.size(1)).and_then(buf),
        "repr" => buf(repr::str_repr(s)),
        "ascii" => buf(repr::str_ascii(s)),
        "compare" => order(Some(s.compare(a.text(1)))),
        "slice" => buf(slice(s, a.size(1), a.size(2), a.size(3))),
        "str_fmt" => format_apply::format_str(s, a.text(1), "str").and_then(buf),
        "encode" => encode(a),
        "decode" => decode(a),
        "percent" => percent(a),
        "template" => template(a),
        "field_name" => field_name(a),
        _ => return None,
    })
}

fn bytes(op: &str, a: &Args) -> Option<TextResult<Items>> {
    let b = a.bytes(0);
    let strip = |set: Option<&[u8]>, sides| ranges(b, vec![bytes_ops::strip(b, set, sides)]);
    Some(match op {
        "b_title" => one(bytes_ops::title(b)),
        "b_capitalize" => one(bytes_ops::capitalize(b)),
        "b_swapcase" => one(bytes_ops::swapcase(b)),
        "b_isupper" => flag(bytes_ops::is_upper(b)),
        "b_islower" => flag(bytes_ops::is_lower(b)),
        "b_istitle" => flag(bytes_ops::is_title(b)),
        "b_isspace" => flag(bytes_ops::all_bytes(b, |b| bytes_ops::is_space_byte(*b))),
        "b_repr" => one(repr::bytes_repr(b)),
        "b_replace" => one(search::replace_bytes(b, a.bytes(1), a.bytes(2), a.size(3))),
        "b_split" => split::split_ranges(b, a.bytes(1), a.size(2)).and_then(|r| ranges(b, r)),
        "b_rsplit" => split::rsplit_ranges(b, a.bytes(1), a.size(2)).and_then(|r| ranges(b, r)),
        "b_split_ws" => ranges(b, bytes_ops::split_whitespace(b, a.size(1))),
        "b_rsplit_ws" => ranges(b, bytes_ops::rsplit_whitespace(b, a.size(1))),
        "b_splitlines" => ranges(b, bytes_ops::split_lines(b, a.size(1) == 1)),
        "b_strip" => strip(Some(a.bytes(1)), Sides::Both),
        "b_lstrip" => strip(Some(a.bytes(1)), Sides::Left),
        "b_rstrip" => strip(Some(a.bytes(1)), Sides::Right),
        "b_strip_ws" => strip(None, Sides::Both),
        "b_lstrip_ws" => strip(None, Sides::Left),
        "b_rstrip_ws" => strip(None, Sides::Right),
        "b_count" => num(search::count_bytes(b, a.bytes(1))),
        "b_expandtabs" => bytes_ops::expand_tabs(b, a.size(1)).and_then(one),
        "b_zfill" => bytes_ops::zfill(b, a.size(1)).and_then(one),
        "b_hex" => one(bytes_ops::hex(b, Some(a.bytes(1)[0]), a.size(2) as i32)),
        "b_fromhex" => bytes_ops::from_hex(a.text(0)).and_then(one),
        _ => return None,
    })
}

fn check(line: &str) -> Result<(), String> {
    let fields: Vec<&str> = line.split('\t').collect();
    let (op, args, wanted) = (fields[0], &fields[1..fields.len() - 1], fields[fields.len() - 1]);
    let a = Args(args.iter().map(|f| unescape(f)).collect());
    let result = numbers(op, &a).or_else(|| bytes(op, &a)).or_else(|| texts(op, &a)).ok_or("unknown operation")?;
    let (mark, wanted) = wanted.split_at(1);
    let mut wanted = wanted.split('|');
    let head = wanted.next().unwrap_or_default();
    let wanted: Items = wanted.map(unescape).collect();
    let same = match &result {
        Ok(items) => mark == "=" && *items == wanted && head == items.len().to_string(),
        Err(e) => {
            let (class, message) = match e.message.iter().position(|&b| b == 0) {
                Some(at) if e.message.starts_with(b"Unicode") => {
                    (String::from_utf8_lossy(&e.message[..at]).into_owned(), &e.message[at + 1..])
                }
                _ => (e.kind.class_name().to_owned(), &e.message[..]),
            };
            mark == "!" && class == head && message == wanted[0]
        }
    };
    if same {
        return Ok(());
    }
    let shown = |items: &Items| items.iter().map(|i| String::from_utf8_lossy(i).into_owned()).collect::<Vec<_>>();
    Err(match &result {
        Ok(items) => format!("{line}\n    got {:?}, wanted {mark}{head} {:?}", shown(items), shown(&wanted)),
        Err(e) => format!("{line}\n    got {e}, wanted {mark}{head} {:?}", shown(&wanted)),
    })
}

fn check_all(text: &str) {
    let mut failures = Vec::new();
    let mut count = 0;
    for line in text.lines().filter(|l| !l.is_empty()) {
        count += 1;
        if let Err(failure) = check(line) {
            failures.push(failure);
        }
    }
    println!("{count} cases");
    assert!(count > 0);
    let all = failures.len();
    failures.truncate(60);
    assert!(all == 0, "{all} of {count} cases differ:\n{}", failures.join("\n"));
}

#[test]
fn recorded_answers() {
    check_all(include_str!("goldens/text.tsv"));
}

#[test]
fn more_answers() {
    if let Ok(path) = std::env::var("TEXT_GOLDENS") {
        check_all(&std::fs::read_to_string(path).unwrap());
    }
}

#[test]
fn huge_integers_to_text_and_back() {
    let value: BigInt = (BigInt::from(3).pow(300_000) << 12_345u32) + 7;
    let digits = int_text::int_to_base(&value, 10);
    assert_eq!(digits, value.to_str_radix(10));
    assert_eq!(int_parse::parse_int(StrRef::from(digits.as_str()), 10, 0), Ok(value));
    for exponent in [9029u32, 9030, 20_000, 50_001, 131_072] {
        for delta in [-1i32, 0, 1] {
            let value = BigInt::from(10).pow(exponent) + delta;
            assert_eq!(int_text::int_to_base(&value, 10), value.to_str_radix(10), "10**{exponent}{delta:+}");
        }
    }
}
