//! Not written yet.

use super::instance::Instance;
use super::header::Payload;
use super::header::{Header, Layout, LayoutId, layout_of};
use super::value::Value;
use crate::heap::Marker;
use crate::native::TypeSpec;
use std::cell::Cell;

macro_rules! it { ($n:ident, $f:ident, $id:ident) => {
/// Iterator.
#[repr(C)]
pub struct $n {
/// Its type.
pub header: Header,
/// What is iterated; NULL when exhausted.
pub $f: Cell<Value>,
/// Next index.
pub index: Cell<usize>,
}
// SAFETY: repr(C), header first; traces its reference.
unsafe impl Payload for $n {
const LAYOUT: &'static Layout = &layout_of::<$n>(LayoutId::$id);
fn trace(&self, m: &mut Marker<'_>) { m.mark(self.$f.get()); }
}
};}
it!(ListIter, list, ListIter);
it!(TupleIter, tuple, TupleIter);


/// `iterator`.
pub static SEQ: TypeSpec = TypeSpec::new("iterator", Instance::LAYOUT);
/// `callable_iterator`.
pub static CALLABLE: TypeSpec = TypeSpec::new("callable_iterator", Instance::LAYOUT);
/// `list_iterator`.
pub static LIST: TypeSpec = TypeSpec::new("list_iterator", Instance::LAYOUT);
/// `list_reverseiterator`.
pub static LIST_REVERSE: TypeSpec = TypeSpec::new("list_reverseiterator", Instance::LAYOUT);
/// `tuple_iterator`.
pub static TUPLE: TypeSpec = TypeSpec::new("tuple_iterator", Instance::LAYOUT);

impl crate::machine::Machine {
    /// The iterator of a class that has `__getitem__` but no `__iter__`.
    pub fn new_seq_iter(&mut self, _object: super::value::Value) -> crate::machine::R<super::value::Value> {
        Err(self.not_implemented_error("iteration by __getitem__"))
    }
}
