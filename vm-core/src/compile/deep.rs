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

/// Gives all but the first pages of an idle stack back; whether that could be done.
fn give_back(stack: &DefaultStack) -> bool {
    let (lowest, kept) = (stack.limit().get(), stack.base().get() - KEPT_BYTES);
    // SAFETY: nothing runs on the stack, so nobody looks at what its pages hold.
    unsafe { madvise(std::ptr::with_exposed_provenance_mut(lowest), kept - lowest, Advice::LinuxDontNeed) }.is_ok()
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
        for n in [10, 1_000_000, 100] {
            assert_eq!(on_deep_stack(|| depth(n)), Some(n));
        }
    }
}
