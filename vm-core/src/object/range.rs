//! Not written yet.

use super::instance::Instance;
use super::header::Payload;
use super::header::{Header, Layout, LayoutId, layout_of};
use crate::heap::Marker;
use crate::native::TypeSpec;
use std::cell::Cell;
/// Iterator.
#[repr(C)]
pub struct RangeIter {
/// Its type.
pub header: Header,
/// Next.
pub next: Cell<i64>,
/// Step.
pub step: i64,
/// Left.
pub remaining: Cell<i64>,
}
// SAFETY: no references.
unsafe impl Payload for RangeIter {
const LAYOUT: &'static Layout = &layout_of::<RangeIter>(LayoutId::RangeIter);
fn trace(&self, _: &mut Marker<'_>) {}
}


/// `range`.
pub static SPEC: TypeSpec = TypeSpec::new("range", Instance::LAYOUT);
/// `range_iterator`.
pub static ITER: TypeSpec = TypeSpec::new("range_iterator", Instance::LAYOUT);
/// `longrange_iterator`.
pub static LONG_ITER: TypeSpec = TypeSpec::new("longrange_iterator", Instance::LAYOUT);
