//! Why values are encoded as they are: three encodings on an integer and a float kernel, with their guards and allocations.
//!
//! `tagged` is what `vm_core::object::value` does; `boxed` tags integers and allocates every float; `nan` is NaN boxing with 49-bit integers.
//! The kernels do what a specialised `BINARY_OP` does to each pair of operands, through memory, as an operand stack would.
#![allow(missing_docs, reason = "`criterion_group!` makes a public function and gives it no documentation")]

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use vm_core::object::value::Value;

const N: usize = 1024;

/// Integers as `BASE + i`, seen as signed numbers; floats offset so that they stay clear of them.
mod nan {
    pub(super) const BASE: i64 = -(1 << 48);
    const LOW: u64 = (-(1i64 << 49)) as u64;
    const OFFSET: u64 = 1 << 49;

    pub(super) fn int(i: i64) -> u64 {
        (BASE + i) as u64
    }

    #[inline(always)]
    pub(super) fn add_int(a: u64, b: u64) -> Option<u64> {
        if a & b < LOW || a.min(b) < LOW {
            return None;
        }
        let sum = (a as i64) + (b as i64) - BASE;
        ((sum as u64) >= LOW).then_some(sum as u64)
    }

    pub(super) fn float(f: f64) -> u64 {
        f.to_bits().wrapping_add(OFFSET)
    }

    #[inline(always)]
    pub(super) fn add_float(a: u64, b: u64) -> Option<u64> {
        if a >= LOW || b >= LOW || a < OFFSET || b < OFFSET {
            return None;
        }
        Some(float(f64::from_bits(a.wrapping_sub(OFFSET)) + f64::from_bits(b.wrapping_sub(OFFSET))))
    }
}

#[inline(always)]
fn tagged_add_int(a: Value, b: Value) -> Option<Value> {
    if !Value::both_int(a, b) {
        return None;
    }
    a.raw_int().checked_add(b.raw_int()).map(Value::from_raw_int)
}

#[inline(always)]
fn tagged_add_float(a: Value, b: Value) -> Option<Value> {
    if !Value::both_immediate_float(a, b) {
        return None;
    }
    Value::try_float(a.as_immediate_float() + b.as_immediate_float())
}

fn integers(c: &mut Criterion) {
    let mut group = c.benchmark_group("int add");
    let tagged: Vec<Value> = (0..N as i64).map(Value::small).collect();
    group.bench_function("tagged", |b| {
        b.iter(|| black_box(&tagged).iter().fold(Value::small(0), |s, &v| tagged_add_int(s, v).unwrap_or(s)));
    });
    let nans: Vec<u64> = (0..N as i64).map(nan::int).collect();
    group.bench_function("nan", |b| b.iter(|| black_box(&nans).iter().fold(nan::int(0), |s, &v| nan::add_int(s, v).unwrap_or(s))));
    group.finish();
}

fn floats(c: &mut Criterion) {
    let mut group = c.benchmark_group("float add");
    let numbers: Vec<f64> = (1..=N).map(|i| i as f64 * 0.5).collect();
    let tagged: Vec<Value> = numbers.iter().filter_map(|&f| Value::try_float(f)).collect();
    group.bench_function("tagged", |b| {
        b.iter(|| black_box(&tagged).iter().fold(tagged[0], |s, &v| tagged_add_float(s, v).unwrap_or(s)));
    });
    let nans: Vec<u64> = numbers.iter().map(|&f| nan::float(f)).collect();
    group.bench_function("nan", |b| b.iter(|| black_box(&nans).iter().fold(nans[0], |s, &v| nan::add_float(s, v).unwrap_or(s))));
    let boxes: Vec<Box<f64>> = numbers.iter().map(|&f| Box::new(f)).collect();
    group.bench_function("boxed", |b| b.iter(|| black_box(&boxes).iter().fold(Box::new(0.0), |s, v| Box::new(*s + **v))));
    group.finish();
}

criterion_group!(benches, integers, floats);
criterion_main!(benches);
