//! A native stack for stages that follow nested programs by recursion.
//!
//! The work stays on the caller's thread, on another stack: a thread for each text that is compiled would cost more than compiling
//! a small one, and bring memory pools of its own. Nothing is on it that a collection would have to find, since no Python code
//! runs meanwhile.

use corosensei::on_stack;
use corosensei::stack::{DefaultStack, Stack};
use rustix::mm::{Advice, madvise};
use std::cell::{Cell, RefCell};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Address space set aside; only what is used is ever touched.
const STACK_BYTES: usize = 1 << 30;
/// What stays in memory between two uses; what ordinary programs take is not given back just to be asked for again.
const KEPT_BYTES: usize = 1 << 16;
/// A page, or a part of one.
const PAGE_BYTES: usize = 1 << 12;

thread_local! {
    /// Whether this thread is on such a stack.
    static THERE: Cell<bool> = const { Cell::new(false) };
    /// The stack of this thread, while nothing runs on it.
    static IDLE: RefCell<Option<DefaultStack>> = const { RefCell::new(None) };
}

/// Runs `work` on a stack deep enough for every tree that is accepted; `None` if there is no memory for it, or the work panicked.
pub(super) fn on_deep_stack<T>(work: impl FnOnce() -> T) -> Option<T> {
    if THERE.get() {
        return Some(work());
    }
    let idle = IDLE.with(|idle| idle.borrow_mut().take());
    let mut stack = match idle {
        Some(stack) => stack,
        None => DefaultStack::new(STACK_BYTES).ok()?,
    };
    THERE.set(true);
    let result = on_stack(&mut stack, || catch_unwind(AssertUnwindSafe(work)));
    THERE.set(false);
    if give_back(&stack) {
        IDLE.with(|idle| *idle.borrow_mut() = Some(stack));
    }
    result.ok()
}

/// Gives all but the first pages of an idle stack back, if more was used; whether that could be done.
fn give_back(stack: &DefaultStack) -> bool {
    if !was_deep(stack) {
        return true;
    }
    let (lowest, kept) = (stack.limit().get(), stack.base().get() - KEPT_BYTES);
    // SAFETY: nothing runs on the stack, so nobody looks at what its pages hold.
    unsafe { madvise(std::ptr::with_exposed_provenance_mut(lowest), kept - lowest, Advice::LinuxDontNeed) }.is_ok()
}

/// Whether something has been written below the pages that are kept. Frames are smaller than a page, so whoever got deeper has left
/// something in the first one there, which is all zeros otherwise. To look is cheaper than to ask the system for a gigabyte each time.
fn was_deep(stack: &DefaultStack) -> bool {
    let first = stack.base().get() - KEPT_BYTES - PAGE_BYTES;
    // SAFETY: the page is part of the stack, readable, aligned, and nothing runs there.
    let word = |at: usize| unsafe { std::ptr::with_exposed_provenance::<usize>(first + at).read_volatile() };
    (0..PAGE_BYTES).step_by(size_of::<usize>()).any(|at| word(at) != 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn depth(n: usize) -> usize {
        if n == 0 { 0 } else { std::hint::black_box(depth(n - 1)) + 1 }
    }

    #[test]
    fn it_is_deeper_than_a_threads_and_survives_a_panic() {
        let deep = || depth(1_000_000);
        assert_eq!(
            std::thread::Builder::new().stack_size(1 << 16).spawn(move || on_deep_stack(deep)).unwrap().join().unwrap(),
            Some(1_000_000)
        );
        assert_eq!(on_deep_stack(|| -> u8 { panic!("on purpose") }), None);
        assert_eq!(on_deep_stack(|| on_deep_stack(|| 7)), Some(Some(7)));
        let mut stack = DefaultStack::new(STACK_BYTES).unwrap();
        for (n, deep) in [(10, false), (1_000_000, true), (100, false), (10_000, true), (10, false)] {
            assert_eq!(on_deep_stack(|| depth(n)), Some(n));
            on_stack(&mut stack, || depth(n));
            assert_eq!(was_deep(&stack), deep, "{n}");
            assert!(give_back(&stack) && !was_deep(&stack));
        }
    }
}
