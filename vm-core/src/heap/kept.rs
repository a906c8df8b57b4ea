//! Objects that every collection takes to be alive: what the machine's own classes and the modules of the library consist of.
//!
//! There are thousands, and hardly any of them ever refers to something else than at first. So once they are known every collection
//! begins with their marks, and neither comes to them nor looks into them. Objects that may come to refer to something else without
//! notice are kept too but traced by every collection. Of the others, functions and namespaces of classes, whoever changes one says so
//! ([`Heap::touch`]); where anything may be changed, all are forgotten ([`Heap::forget_kept`]).

use super::block::Block;
use super::{Heap, Marker};
use crate::object::header::{Header, LayoutId};
use crate::object::string::Str;
use crate::object::typeobj::TypeFlags;
use crate::object::value::Value;
use std::collections::HashSet;

/// What it takes to keep an object.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// It refers to the same objects until it is touched; they are kept too.
    Fixed,
    /// What it refers to now is kept, and it is traced by every collection.
    Open,
    /// It is traced by every collection.
    Changing,
}

impl Heap {
    /// Keeps what `roots` lead to, by way of classes, functions and what does not change, instead of what was kept before. Those of
    /// `fixed`, classes and namespaces of classes, change with notice.
    pub(crate) fn keep(&mut self, roots: &[Value], fixed: &HashSet<u64>) {
        if self.keeps_nothing {
            return;
        }
        self.drop_kept();
        let mut stack = std::mem::take(&mut self.mark_stack);
        let mut marker = Marker::searching(&mut stack);
        marker.mark_all(roots);
        let mut changing = Vec::new();
        while let Some(object) = marker.next() {
            // SAFETY: marked objects are alive, and so are their types.
            unsafe {
                let kind = kind(object, fixed);
                if kind != Kind::Fixed {
                    changing.push(object);
                }
                if kind != Kind::Changing {
                    marker.trace_object(object);
                }
            }
        }
        self.mark_stack = stack;
        self.each_block(Block::keep_seen);
        self.changing = changing;
    }

    /// Collections come to every object again, for good: somebody may change kept objects without notice from now on.
    pub(crate) fn forget_kept(&mut self) {
        self.keeps_nothing = true;
        self.drop_kept();
    }

    fn drop_kept(&mut self) {
        self.each_block(Block::forget_kept);
        self.changing = Vec::new();
        self.touched = HashSet::new();
    }

    /// An object is about to refer to something else.
    #[inline]
    pub(crate) fn touch(&mut self, v: Value) {
        // SAFETY: a pointer value denotes a live object, which lies in a block.
        if v.is_ptr() && unsafe { (*Block::of(v.as_ptr())).is_kept(v.as_ptr()) } {
            self.trace_always(v.as_ptr());
        }
    }

    #[cold]
    fn trace_always(&mut self, object: *const Header) {
        if self.touched.insert(object as usize) {
            self.changing.push(object);
        }
    }

    /// A collection begins: traces those of the kept objects that may have changed.
    pub(super) fn trace_changing(&self, marker: &mut Marker<'_>) {
        for &object in &self.changing {
            // SAFETY: kept objects are alive.
            unsafe { marker.trace_object(object) };
        }
    }

    /// Whether everything that kept objects refer to is marked, as it has to be after marking.
    pub(super) fn kept_are_closed(&self, marker: &mut Marker<'_>) -> bool {
        let mut kept = Vec::new();
        self.each_block(|block| block.kept(&mut kept));
        kept.into_iter().all(|object| marker.unmarked_children(object).is_empty())
    }
}

/// # Safety
/// The object is alive.
unsafe fn kind(object: *const Header, fixed: &HashSet<u64>) -> Kind {
    // SAFETY: as the caller promises.
    let stays = unsafe {
        match (*(*object).ty()).layout.id {
            LayoutId::Str => (*object.cast::<Str>()).is_whole(),
            LayoutId::Int
            | LayoutId::Float
            | LayoutId::Bytes
            | LayoutId::Tuple
            | LayoutId::Code
            | LayoutId::Function
            | LayoutId::MethodDescr
            | LayoutId::NativeFunction
            | LayoutId::SlotWrapper
            | LayoutId::GetSetDescr
            | LayoutId::MemberDescr
            | LayoutId::TableCell
            | LayoutId::TableBlock => (*object).ty().as_ref().is_some_and(|ty| !ty.has(TypeFlags::HEAP)),
            LayoutId::Dict => fixed.contains(&(object as u64)),
            LayoutId::Type if fixed.contains(&(object as u64)) => true,
            LayoutId::Type | LayoutId::ClassMethod | LayoutId::StaticMethod | LayoutId::Property => return Kind::Open,
            _ => false,
        }
    };
    if stays { Kind::Fixed } else { Kind::Changing }
}
