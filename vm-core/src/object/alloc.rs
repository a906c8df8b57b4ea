//! Making objects of any class: the native struct, then the class's own words (`__slots__`, `__dict__`, inline values).

use super::header::{Gc, Header, Payload};
use super::instance::{Inline, Instance, Meta, inline_bytes};
use super::typeobj::{Type, TypeFlags};
use super::value::Value;
use crate::machine::Machine;

/// Bytes that instances of a class need beyond the native struct.
#[inline]
#[must_use]
pub fn tail_bytes(ty: &Type, native: usize) -> usize {
    let fixed = ty.basic_size.get() as usize - native;
    if ty.has(TypeFlags::INLINE_VALUES) { fixed + inline_bytes(ty.inline_capacity.get() as usize) } else { fixed }
}

/// Initialises the words after the native struct.
///
/// # Safety
/// `object` is a fresh instance of `ty` with `native` bytes of native struct and room for [`tail_bytes`].
#[inline]
pub unsafe fn init_tail(ty: Gc<Type>, object: *mut Header, native: usize) {
    // SAFETY: as the caller promises.
    unsafe {
        let mut at = native;
        let end = ty.basic_size.get() as usize;
        while at < end {
            object.cast::<u8>().add(at).cast::<Value>().write(Value::NULL);
            at += size_of::<Value>();
        }
        if ty.has(TypeFlags::INLINE_VALUES) {
            let inline = Inline::of(&ty, object);
            let capacity = ty.inline_capacity.get() as usize;
            inline.meta.write(Meta::new(capacity));
            let keys = &ty.shared_keys;
            if keys.usable.get() > 1 {
                keys.usable.set(keys.usable.get() - 1);
                ty.inline_capacity.set(keys.next_capacity());
            }
            for i in 0..capacity {
                inline.values.add(i).write(Value::NULL);
            }
        }
    }
}

impl Machine {
    /// A new object whose native struct is `init` (its header names the class, perhaps a subclass of the native type).
    #[inline]
    pub fn new_object<T: Payload>(&mut self, init: T) -> Gc<T> {
        // SAFETY: the header is the first field of every payload and names a live type.
        unsafe {
            let ty: Gc<Type> = Gc::from_raw((*(&raw const init).cast::<Header>()).ty().cast_mut());
            let native = size_of::<T>();
            let cell = self.heap.allocate(T::LAYOUT, ty.as_ptr(), native + tail_bytes(&ty, native));
            cell.cast::<T>().write(init);
            init_tail(ty, cell, native);
            Gc::from_header(cell)
        }
    }

    /// A new instance of a class without native payload.
    #[inline]
    pub fn new_instance(&mut self, ty: Gc<Type>) -> Gc<Instance> {
        self.new_object(Instance { header: Header::new(ty) })
    }
}
