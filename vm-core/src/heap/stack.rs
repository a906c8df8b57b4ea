//! The native stack as a source of roots: callee-saved registers are spilled and the words between here and the stack's base are read.

use std::marker::PhantomData;
use std::mem::MaybeUninit;

/// A range of native stack memory, valid while the function that made it runs.
pub struct Range<'a> {
    low: usize,
    high: usize,
    /// Memory of other stacks.
    more: Vec<(usize, usize)>,
    alive: PhantomData<&'a ()>,
}

impl Range<'_> {
    /// No memory: for collections when no native code runs.
    #[must_use]
    pub fn empty() -> Range<'static> {
        Range { low: 0, high: 0, more: Vec::new(), alive: PhantomData }
    }

    /// The same and other stacks' memory, which does not change meanwhile.
    pub(crate) fn and(mut self, more: Vec<(usize, usize)>) -> Self {
        self.more = more;
        self
    }

    /// The words of the range.
    pub(super) fn words(&self) -> impl Iterator<Item = usize> + '_ {
        let parts = std::iter::once((self.low, self.high)).chain(self.more.iter().map(|&(low, high)| (low & !7, high & !7)));
        parts.flat_map(|(low, high)| (low..high).step_by(size_of::<usize>())).map(|address| {
            // SAFETY: the addresses lie in live stacks, between the last function's frame and the base; volatile, since the
            // compiler does not know what is there.
            unsafe { (address as *const usize).read_volatile() }
        })
    }
}

/// The part of this thread's stack between two addresses: that of natives which have spilled their registers ([`callee_saved`]).
#[must_use]
pub(crate) fn between<'a>(low: usize, high: usize) -> Range<'a> {
    Range { low: low & !7, high: high.max(low) & !7, more: Vec::new(), alive: PhantomData }
}

/// Where the native stack ends now: the stack pointer. (The address of a local would keep the function it is asked for in from ending in a
/// tail call.)
#[inline(always)]
#[must_use]
pub fn here() -> usize {
    pointer()
}

/// Runs `f` with the stack range from here to `base` (the address of a local in the function that entered the machine).
#[inline(never)]
pub fn with_range<R>(base: usize, f: impl FnOnce(Range<'_>) -> R) -> R {
    let mut registers = Registers::uninit();
    callee_saved(&mut registers);
    let low = std::ptr::from_ref(std::hint::black_box(&registers)) as usize & !7;
    let result = f(Range { low, high: base.max(low) & !7, more: Vec::new(), alive: PhantomData });
    std::hint::black_box(&registers);
    result
}

/// The native stack pointer: nothing of the function it is inlined into lies below.
#[inline(always)]
#[must_use]
pub(crate) fn pointer() -> usize {
    let pointer: usize;
    // SAFETY: only reads a register.
    unsafe {
        #[cfg(target_arch = "x86_64")]
        std::arch::asm!("mov {}, rsp", out(reg) pointer, options(nomem, nostack, preserves_flags));
        #[cfg(target_arch = "aarch64")]
        std::arch::asm!("mov {}, sp", out(reg) pointer, options(nomem, nostack, preserves_flags));
    }
    pointer
}

/// Room for the registers in which a caller's values survive a call.
#[cfg(target_arch = "x86_64")]
pub(crate) type Registers = MaybeUninit<[usize; 6]>;
/// Room for the registers in which a caller's values survive a call.
#[cfg(target_arch = "aarch64")]
pub(crate) type Registers = MaybeUninit<[usize; 12]>;

/// Writes the registers in which a caller's values survive a call. In place, for a copy would wait for what was just stored.
#[cfg(target_arch = "x86_64")]
#[inline(always)]
pub(crate) fn callee_saved(into: &mut Registers) {
    // SAFETY: only reads registers and writes the array.
    unsafe {
        std::arch::asm!(
            "mov [{p}], rbx", "mov [{p} + 8], rbp", "mov [{p} + 16], r12",
            "mov [{p} + 24], r13", "mov [{p} + 32], r14", "mov [{p} + 40], r15",
            p = in(reg) into.as_mut_ptr(), options(nostack, preserves_flags)
        );
    }
}

/// Writes the registers in which a caller's values survive a call. In place, for a copy would wait for what was just stored.
#[cfg(target_arch = "aarch64")]
#[inline(always)]
pub(crate) fn callee_saved(into: &mut Registers) {
    // SAFETY: only reads registers and writes the array.
    unsafe {
        std::arch::asm!(
            "stp x19, x20, [{p}]", "stp x21, x22, [{p}, #16]", "stp x23, x24, [{p}, #32]",
            "stp x25, x26, [{p}, #48]", "stp x27, x28, [{p}, #64]", "stp x29, x30, [{p}, #80]",
            p = in(reg) into.as_mut_ptr(), options(nostack, preserves_flags)
        );
    }
}
