//! What pickles of dates and times hold: the bytes of their fields, with `fold` in a bit that is free. The classes' constructors take such
//! bytes; as text, too, since that is what Python 2's bytes are read as.

use super::fields::{Clock, Ymd};
use super::tzinfo;
use crate::machine::{Machine, R};
use crate::native::Args;
use crate::object::bytes::Bytes;
use crate::object::string::Str;
use crate::object::value::Value;

/// The bit of the first byte of a time, or of the month of a `datetime`, that is `fold`.
const FOLD: u8 = 0x80;

/// The `N` bytes that an argument has, as bytes or as text, if those at the place `at` are acceptable; `None` if it is something else.
fn state<const N: usize>(m: &mut Machine, v: Value, what: &str, at: usize, accept: fn(u32) -> bool) -> R<Option<[u8; N]>> {
    if let Some(bytes) = v.downcast::<Bytes>() {
        return Ok(<[u8; N]>::try_from(bytes.contents()).ok().filter(|b| accept(b[at].into())));
    }
    let Some(s) = v.downcast::<Str>().filter(|s| s.char_len() == N) else { return Ok(None) };
    let mut codes = s.text().code_points();
    let mut chars = [0; N];
    chars.fill_with(|| codes.next().unwrap_or(0));
    if !accept(chars[at]) {
        return Ok(None);
    }
    let mut bytes = [0; N];
    for (to, &from) in bytes.iter_mut().zip(&chars) {
        *to = match u8::try_from(from) {
            Ok(b) => b,
            Err(_) => {
                return Err(m.value_error(&format!(
                    "Failed to encode latin1 string when unpickling a {what} object. pickle.load(data, encoding='latin1') is assumed."
                )));
            }
        };
    }
    Ok(Some(bytes))
}

/// The date that a constructor is given as a pickle's bytes.
pub(super) fn date(m: &mut Machine, args: Args<'_>) -> R<Option<Ymd>> {
    match *args.pos() {
        [v] if !v.is_int() => Ok(state::<{ Ymd::BYTES }>(m, v, "date", 2, |month| (1..=12).contains(&month))?.map(Ymd::from_bytes)),
        _ => Ok(None),
    }
}

/// The state and zone among a constructor's positional arguments, if they are no more than these.
fn with_zone(args: Args<'_>) -> Option<(Value, Value)> {
    match *args.pos() {
        [v] if !v.is_int() => Some((v, Value::NONE)),
        [v, tz] if !v.is_int() => Some((v, tz)),
        _ => None,
    }
}

fn check_zone(m: &mut Machine, tz: Value) -> R<()> {
    if tz.is_none() || tzinfo::is_tzinfo(m, tz) { Ok(()) } else { Err(m.type_error("bad tzinfo state arg")) }
}

/// The time that a constructor is given so, its zone, and `fold`.
pub(super) fn time(m: &mut Machine, args: Args<'_>) -> R<Option<(Clock, Value, bool)>> {
    let Some((v, tz)) = with_zone(args) else { return Ok(None) };
    let Some(mut bytes) = state::<{ Clock::BYTES }>(m, v, "time", 0, |hour| hour & 0x7f < 24)? else { return Ok(None) };
    check_zone(m, tz)?;
    let fold = bytes[0] & FOLD != 0;
    bytes[0] &= !FOLD;
    Ok(Some((Clock::from_bytes(bytes), tz, fold)))
}

/// The date and time that a constructor is given so, its zone, and `fold`.
pub(super) fn datetime(m: &mut Machine, args: Args<'_>) -> R<Option<(Ymd, Clock, Value, bool)>> {
    const BYTES: usize = Ymd::BYTES + Clock::BYTES;
    let Some((v, tz)) = with_zone(args) else { return Ok(None) };
    let Some(bytes) = state::<BYTES>(m, v, "datetime", 2, |month| (1..=12).contains(&(month & 0x7f)))? else { return Ok(None) };
    check_zone(m, tz)?;
    let [y0, y1, month, day, clock @ ..] = bytes;
    Ok(Some((Ymd::from_bytes([y0, y1, month & !FOLD, day]), Clock::from_bytes(clock), tz, month & FOLD != 0)))
}

/// The pair of class and arguments that pickling wants; protocols before 4 do not know `fold`.
fn reduced(m: &mut Machine, v: Value, bytes: &[u8], tz: Value) -> R<Value> {
    let bytes = m.new_bytes(bytes)?.value();
    let args = if tz.is_none() { m.new_tuple(&[bytes]) } else { m.new_tuple(&[bytes, tz]) }.value();
    let class = m.type_of(v).value();
    Ok(m.new_tuple(&[class, args]).value())
}

/// `date.__reduce__()`.
pub(super) fn reduce_date(m: &mut Machine, v: Value, date: Ymd) -> R<Value> {
    reduced(m, v, &date.to_bytes(), Value::NONE)
}

/// `time.__reduce_ex__()`.
pub(super) fn reduce_time(m: &mut Machine, v: Value, clock: Clock, tz: Value, fold: bool) -> R<Value> {
    let mut bytes = clock.to_bytes();
    bytes[0] |= if fold { FOLD } else { 0 };
    reduced(m, v, &bytes, tz)
}

/// `datetime.__reduce_ex__()`.
pub(super) fn reduce_datetime(m: &mut Machine, v: Value, date: Ymd, clock: Clock, tz: Value, fold: bool) -> R<Value> {
    let mut bytes = state_bytes(date, clock);
    bytes[2] |= if fold { FOLD } else { 0 };
    reduced(m, v, &bytes, tz)
}

/// The bytes of a date and a time, which are hashed, too.
pub(super) fn state_bytes(date: Ymd, clock: Clock) -> [u8; Ymd::BYTES + Clock::BYTES] {
    let mut bytes = [0; Ymd::BYTES + Clock::BYTES];
    bytes[..Ymd::BYTES].copy_from_slice(&date.to_bytes());
    bytes[Ymd::BYTES..].copy_from_slice(&clock.to_bytes());
    bytes
}
