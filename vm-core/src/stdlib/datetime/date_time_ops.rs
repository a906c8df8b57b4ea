//! Arithmetic, comparison and hash of `datetime`. Two with the same zone object are compared by what their clocks show, others by what that
//! is in UTC; if the offset of one of them depends on `fold`, it equals nothing in another zone (PEP 495).

use super::date_time::{DateTime, altered, shifted};
use super::pickle::state_bytes;
use super::span::Span;
use super::timedelta::{made, span_hash, span_of};
use super::tzinfo;
use crate::machine::{Machine, R};
use crate::object::header::Gc;
use crate::object::slots::Compare;
use crate::object::value::Value;
use crate::stdlib::native_struct::this;

pub(super) fn add(m: &mut Machine, a: Value, b: Value) -> R<Value> {
    for (v, delta) in [(a, b), (b, a)] {
        if let (Some(d), Some(span)) = (v.downcast::<DateTime>(), span_of(delta)) {
            return shifted(m, d, span, false);
        }
    }
    Ok(Value::NOT_IMPLEMENTED)
}

/// The offset of one's zone.
pub(super) fn offset_of(m: &mut Machine, d: Gc<DateTime>) -> R<Option<Span>> {
    tzinfo::offset(m, d.tzinfo.get(), d.value())
}

/// What passes from one time to another on the clock.
fn clock_difference(a: Gc<DateTime>, b: Gc<DateTime>) -> Result<Span, super::span::TooLong> {
    let days = a.day.ordinal() - b.day.ordinal();
    Span::new(days.into(), a.clock.seconds() - b.clock.seconds(), (a.clock.micro() - b.clock.micro()).into())
}

pub(super) fn sub(m: &mut Machine, a: Value, b: Value) -> R<Value> {
    let Some(left) = a.downcast::<DateTime>() else { return Ok(Value::NOT_IMPLEMENTED) };
    if let Some(span) = span_of(b) {
        return shifted(m, left, span, true);
    }
    match b.downcast::<DateTime>() {
        Some(right) => difference(m, left, right),
        None => Ok(Value::NOT_IMPLEMENTED),
    }
}

fn difference(m: &mut Machine, left: Gc<DateTime>, right: Gc<DateTime>) -> R<Value> {
    let span = clock_difference(left, right);
    if left.tzinfo.get().is(right.tzinfo.get()) {
        return made(m, span);
    }
    let (x, y) = (offset_of(m, left)?, offset_of(m, right)?);
    match (x, y) {
        (Some(x), Some(y)) => made(m, span.and_then(|span| span.minus(x.minus(y)?))),
        (None, None) => made(m, span),
        _ => Err(m.type_error("can't subtract offset-naive and offset-aware datetimes")),
    }
}

/// Whether the offset of one's zone is another one with the other `fold`.
fn depends_on_fold(m: &mut Machine, d: Gc<DateTime>, offset: Option<Span>) -> R<bool> {
    let flipped = altered(m, d, d.tzinfo.get(), !d.fold)?;
    let other = tzinfo::offset(m, d.tzinfo.get(), flipped)?;
    Ok(other != offset)
}

pub(super) fn compare(m: &mut Machine, a: Value, b: Value, op: Compare) -> R<Value> {
    let left = this::<DateTime>(m, a)?;
    let Some(right) = b.downcast::<DateTime>() else { return Ok(Value::NOT_IMPLEMENTED) };
    let on_clock = (left.day, left.clock).cmp(&(right.day, right.clock));
    if left.tzinfo.get().is(right.tzinfo.get()) {
        return Ok(Value::from_bool(op.holds(on_clock)));
    }
    let equality = matches!(op, Compare::Eq | Compare::Ne);
    let (x, y) = (offset_of(m, left)?, offset_of(m, right)?);
    let order = match (x, y) {
        _ if x == y => on_clock,
        (Some(x), Some(y)) => {
            let span = clock_difference(left, right).and_then(|span| span.minus(x.minus(y)?));
            span.unwrap_or(Span::ZERO).cmp(&Span::ZERO)
        }
        _ if equality => return Ok(Value::from_bool(op == Compare::Ne)),
        _ => return Err(m.type_error("can't compare offset-naive and offset-aware datetimes")),
    };
    if equality && order.is_eq() && (depends_on_fold(m, left, x)? || depends_on_fold(m, right, y)?) {
        return Ok(Value::from_bool(op == Compare::Ne));
    }
    Ok(Value::from_bool(op.holds(order)))
}

pub(super) fn hash(m: &mut Machine, v: Value) -> R<i64> {
    let d = this::<DateTime>(m, v)?;
    if d.hash.get() == -1 {
        let first = if d.fold { altered(m, d, d.tzinfo.get(), false)? } else { v };
        let hash = match tzinfo::offset(m, d.tzinfo.get(), first)? {
            None => m.hash_bytes(&state_bytes(d.day, d.clock)),
            Some(offset) => {
                let span = Span::new(d.day.ordinal().into(), d.clock.seconds(), d.clock.micro().into());
                span_hash(span.and_then(|span| span.minus(offset)).unwrap_or(Span::ZERO))
            }
        };
        d.hash.set(hash);
    }
    Ok(d.hash.get())
}
