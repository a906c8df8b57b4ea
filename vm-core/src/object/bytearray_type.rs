//! The memory of `bytearray` and the operators that only it has: assignment, in-place concatenation, initialisation.
//! The operators shared with `bytes` are in `bytes_methods/operators.rs`.

use super::bytes_methods::{self, byte_argument, construct, operators as shared};
use super::bytes_type;
use super::header::{Gc, Header, Layout, LayoutId, Payload, layout_of};
use super::slots::Slots;
use super::string::Str;
use super::subscript::SliceRange;
use super::typeobj::{Type, TypeFlags};
use super::value::Value;
use crate::heap::Marker;
use crate::machine::{Machine, R};
use crate::native::{Args, BindSpec, TypeSpec};
use std::cell::{Cell, UnsafeCell};

/// A `bytearray` object.
#[repr(C)]
pub struct ByteArray {
    /// Its type.
    pub header: Header,
    bytes: UnsafeCell<Vec<u8>>,
    /// Views entered by a `with` statement and not yet left.
    pub(super) entered: Cell<usize>,
    /// Whether there has ever been a view.
    pub(super) viewed: Cell<bool>,
}

// SAFETY: repr(C), header first, no references.
unsafe impl Payload for ByteArray {
    const LAYOUT: &'static Layout = &layout_of::<ByteArray>(LayoutId::ByteArray);
    fn trace(&self, _: &mut Marker<'_>) {}
}

impl Gc<ByteArray> {
    /// The bytes; not to be held across anything that may change them.
    #[inline]
    #[must_use]
    pub fn contents<'a>(self) -> &'a [u8] {
        // SAFETY: the machine is single-threaded, and callers drop the slice before anything changes the bytes.
        unsafe { (*(*self.as_ptr()).bytes.get()).as_slice() }
    }

    /// The bytes, to change in place; as [`Gc::<ByteArray>::contents`].
    #[inline]
    #[must_use]
    pub fn contents_mut<'a>(self) -> &'a mut [u8] {
        // SAFETY: as in `contents`; the caller holds no other slice.
        unsafe { (*(*self.as_ptr()).bytes.get()).as_mut_slice() }
    }

    /// Whether there has ever been a view.
    pub(crate) fn is_viewed(self) -> bool {
        self.viewed.get()
    }

    /// The bytes, to lengthen or shorten, unless a view forbids it.
    pub(crate) fn resizable<'a>(self, m: &mut Machine) -> R<&'a mut Vec<u8>> {
        if self.viewed.get() && (self.entered.get() > 0 || m.view_in_sight(self)) {
            return Err(m.buffer_error("Existing exports of data: object cannot be re-sized"));
        }
        // SAFETY: as in `contents_mut`.
        Ok(unsafe { &mut *(*self.as_ptr()).bytes.get() })
    }
}

/// The `bytearray` that a method or slot was called on.
pub(super) fn this_array(m: &mut Machine, this: Value) -> R<Gc<ByteArray>> {
    match this.downcast::<ByteArray>() {
        Some(array) => Ok(array),
        None => {
            let name = m.type_name(this);
            Err(m.type_error(&format!("descriptor requires a 'bytearray' object but received a '{name}'")))
        }
    }
}

impl Machine {
    /// A `bytearray` that takes over the bytes.
    pub fn new_bytearray(&mut self, bytes: Vec<u8>) -> Gc<ByteArray> {
        let ty = self.types.bytearray;
        self.new_bytearray_of(ty, bytes)
    }

    fn new_bytearray_of(&mut self, ty: Gc<Type>, bytes: Vec<u8>) -> Gc<ByteArray> {
        self.heap.note_external(bytes.capacity());
        let (entered, viewed) = (Cell::new(0), Cell::new(false));
        self.new_object(ByteArray { header: Header::new(ty), bytes: UnsafeCell::new(bytes), entered, viewed })
    }
}

/// `bytearray`.
pub static SPEC: TypeSpec = TypeSpec {
    flags: TypeFlags::BASETYPE | TypeFlags::MATCH_SELF,
    slots: Slots {
        repr: Some(shared::repr),
        str: Some(shared::repr),
        richcompare: Some(shared::compare_like),
        iter: Some(bytes_type::iter),
        new: Some(|m, class, _| Ok(m.new_bytearray_of(class, Vec::new()).value())),
        init: Some(init),
        rem: Some(shared::rem),
        len: Some(shared::len),
        getitem: Some(shared::getitem),
        setitem: Some(setitem),
        contains: Some(shared::contains),
        concat: Some(shared::concat),
        repeat: Some(shared::repeat),
        iconcat: Some(iconcat),
        irepeat: Some(irepeat),
        ..Slots::EMPTY
    },
    methods: bytes_methods::BYTEARRAY,
    doc: "bytearray(iterable_of_ints) -> bytearray\nbytearray(string, encoding[, errors]) -> bytearray\n\
          bytearray(bytes_or_buffer) -> bytearray\nbytearray(int) -> bytearray of that many zeros\nbytearray() -> empty bytearray\n\n\
          A mutable array of bytes.",
    ..TypeSpec::new("bytearray", ByteArray::LAYOUT)
};
/// `bytearray_iterator`.
pub static ITER: TypeSpec = bytes_type::iterator("bytearray_iterator");

fn init(m: &mut Machine, this: Value, args: Args<'_>) -> R<()> {
    let spec = BindSpec { positional_only: 0, required: 0, max_positional: 3 };
    let [source, encoding, errors] = args.bind(m, "bytearray", ["source", "encoding", "errors"], spec)?;
    let bytes = match construct::of_text(m, "bytearray", source, encoding, errors)? {
        Some(bytes) => bytes,
        None if source.downcast::<Str>().is_some() => return Err(m.type_error("string argument without an encoding")),
        None => construct::of_object(m, "bytearray", source)?,
    };
    m.heap.note_external(bytes.capacity());
    *this_array(m, this)?.resizable(m)? = bytes;
    Ok(())
}

fn iconcat(m: &mut Machine, this: Value, other: Value) -> R<Value> {
    let Some(bytes) = m.bytes_like(other) else {
        let (a, b) = (m.type_name(this), m.type_name(other));
        return Err(m.type_error(&format!("can't concat {b} to {a}")));
    };
    let bytes = bytes.to_vec();
    this_array(m, this)?.resizable(m)?.extend_from_slice(&bytes);
    Ok(this)
}

fn irepeat(m: &mut Machine, this: Value, count: Value) -> R<Value> {
    let n = usize::try_from(m.index_argument(count)?).unwrap_or(0);
    let array = this_array(m, this)?;
    if array.contents().len().checked_mul(n).is_none_or(|total| total > super::bytes::MAX_LEN) {
        return Err(m.memory_error());
    }
    let whole = array.contents().repeat(n);
    *array.resizable(m)? = whole;
    Ok(this)
}

fn setitem(m: &mut Machine, this: Value, key: Value, value: Value) -> R<()> {
    const OUT_OF_RANGE: &str = "bytearray index out of range";
    let array = this_array(m, this)?;
    if m.is_index(key) {
        let at = shared::index_in(m, key, array.contents().len(), OUT_OF_RANGE)?;
        if value.is_null() {
            array.resizable(m)?.remove(at);
            return Ok(());
        }
        let b = byte_argument(m, value)?;
        return match array.contents_mut().get_mut(at) {
            Some(place) => {
                *place = b;
                Ok(())
            }
            None => Err(m.index_error(OUT_OF_RANGE)),
        };
    }
    let Some(_) = m.slice_range(key, 0)? else {
        let name = m.type_name(key);
        return Err(m.type_error(&format!("bytearray indices must be integers or slices, not {name}")));
    };
    let new = if value.is_null() {
        None
    } else if let Some(bytes) = m.bytes_like(value) {
        Some(bytes.to_vec())
    } else if m.is_int_instance(value) || value.downcast::<Str>().is_some() {
        return Err(m.type_error("can assign only bytes, buffers, or iterables of ints in range(0, 256)"));
    } else {
        Some(construct::of_object(m, "bytearray", value)?)
    };
    match m.slice_range(key, array.contents().len())? {
        Some(range) => set_range(m, array, range, new),
        None => Ok(()),
    }
}

/// Replaces or deletes the bytes that a slice selects.
fn set_range(m: &mut Machine, array: Gc<ByteArray>, range: SliceRange, new: Option<Vec<u8>>) -> R<()> {
    let SliceRange { start, step, count } = range;
    // An empty value deletes, whatever the step.
    match new.filter(|new| step == 1 || !new.is_empty()) {
        Some(new) if new.len() == count => {
            let bytes = array.contents_mut();
            for (i, b) in range.indices().zip(new) {
                bytes[i] = b;
            }
        }
        Some(new) if step == 1 => {
            array.resizable(m)?.splice(start..start + count, new);
        }
        Some(new) => {
            let n = new.len();
            return Err(m.value_error(&format!("attempt to assign bytes of size {n} to extended slice of size {count}")));
        }
        None if step == 1 => {
            array.resizable(m)?.drain(start..start + count);
        }
        None => {
            let mut indices: Vec<usize> = range.indices().collect();
            indices.sort_unstable();
            let bytes = array.resizable(m)?;
            for i in indices.into_iter().rev() {
                bytes.remove(i);
            }
        }
    }
    Ok(())
}
