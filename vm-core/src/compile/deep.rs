//! A native stack for stages that follow nested programs by recursion.
//!
//! The work stays on the caller's thread, on another stack: a thread for each text that is compiled would cost more than compiling
//! a small one, and bring memory pools of its own. Nothing is on it that a collection would have to find, since no Python code
//! runs meanwhile.

use corosensei::on_stack;
use corosensei::stack::DefaultStack;
use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Address space set aside; only what is used is ever touched, and all of it is given back.
const STACK_BYTES: usize = 1 << 30;

thread_local! {
    /// Whether this thread is on such a stack.
    static THERE: Cell<bool> = const { Cell::new(false) };
}

/// Runs `work` on a stack deep enough for every tree that is accepted; `None` if there is no memory for it, or the work panicked.
pub(super) fn on_deep_stack<T>(work: impl FnOnce() -> T) -> Option<T> {
    if THERE.get() {
        return Some(work());
    }
    let stack = DefaultStack::new(STACK_BYTES).ok()?;
    THERE.set(true);
    let result = on_stack(stack, || catch_unwind(AssertUnwindSafe(work)));
    THERE.set(false);
    result.ok()
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
    }
}
