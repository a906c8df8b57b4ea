//! Objects that never die: what the machine's own classes consist of.
//!
//! There are thousands, they are alive as long as the machine, and hardly any of them ever refers to something else than at first. So
//! once they are known every collection begins with their marks and neither comes to them nor looks into them. What may come to refer to
//! something else, and is referred to by them, is traced by every collection. Whoever changes what was taken to be unchangeable has to
//! say so first ([`Heap::forget_kept`]).

use super::block::Block;
use super::{Heap, Marker};
use crate::object::header::{Header, LayoutId};
use crate::object::string::Str;
use crate::object::value::Value;
use std::collections::HashSet;

impl Heap {
    /// Keeps `immortal` and what they lead to through objects that do not change. Of dicts, those of `fixed` do not.
    pub(crate) fn keep(&mut self, immortal: &[Value], fixed: &HashSet<u64>) {
        let mut stack = std::mem::take(&mut self.mark_stack);
        let mut marker = Marker::searching(&mut stack);
        marker.mark_all(immortal);
        let mut changing = Vec::new();
        while let Some(object) = marker.next() {
            // SAFETY: marked objects are alive, and so are their types.
            unsafe {
                if is_fixed(object, fixed) {
                    marker.trace_object(object);
                } else {
                    changing.push(object);
                }
            }
        }
        self.mark_stack = stack;
        self.each_block(Block::keep_seen);
        self.changing = changing;
    }

    /// Collections come to every object again.
    pub(crate) fn forget_kept(&mut self) {
        self.each_block(Block::forget_kept);
        self.changing = Vec::new();
    }

    /// A collection begins: traces those of the kept objects that may have changed.
    pub(super) fn trace_changing(&self, marker: &mut Marker<'_>) {
        for &object in &self.changing {
            // SAFETY: kept objects are alive.
            unsafe { marker.trace_object(object) };
        }
    }

    fn each_block(&self, mut f: impl FnMut(&mut Block)) {
        for pool in self.pools.iter().chain(&self.drop_pools) {
            pool.each_block(&mut f);
        }
        for &block in self.large.keys() {
            // SAFETY: blocks in the table are alive, and nobody else refers to them now.
            f(unsafe { &mut *(block as *mut Block) });
        }
    }

    /// Whether everything that kept objects refer to is marked, as it has to be after marking.
    pub(super) fn kept_are_closed(&self, marker: &mut Marker<'_>) -> bool {
        let mut kept = Vec::new();
        self.each_block(|block| block.kept(&mut kept));
        kept.into_iter().all(|object| marker.unmarked_children(object).is_empty())
    }
}

/// Whether an object refers to the same objects for ever.
///
/// # Safety
/// It is alive.
unsafe fn is_fixed(object: *const Header, fixed: &HashSet<u64>) -> bool {
    // SAFETY: as the caller promises.
    unsafe {
        match (*(*object).ty()).layout.id {
            LayoutId::Str => (*object.cast::<Str>()).is_whole(),
            LayoutId::Int
            | LayoutId::Float
            | LayoutId::Bytes
            | LayoutId::Tuple
            | LayoutId::MethodDescr
            | LayoutId::NativeFunction
            | LayoutId::SlotWrapper
            | LayoutId::GetSetDescr
            | LayoutId::MemberDescr
            | LayoutId::TableCell
            | LayoutId::TableBlock => true,
            LayoutId::Type | LayoutId::Dict => fixed.contains(&(object as u64)),
            _ => false,
        }
    }
}
