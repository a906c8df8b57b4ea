//! What the optimiser is told besides the code: `asm!` blocks without an instruction, and the one comparison whose best form it does not
//! find. Nothing here changes what a program means; every use is there because the listing of a handler was read with and without it.

use crate::object::value::Value;

/// The same pointer, which the compiler is to keep rather than work out again from what it was made of: on a fast path that takes
/// fewer registers.
#[inline(always)]
#[allow(clippy::pointers_in_nomem_asm_block, reason = "the pointer is not followed")]
pub(crate) fn kept<T>(mut pointer: *mut T) -> *mut T {
    // SAFETY: no instruction.
    #[cfg(any(target_arch = "x86_64", target_arch = "aarch64"))]
    unsafe {
        std::arch::asm!("/* {0} */", inout(reg) pointer, options(pure, nomem, nostack, preserves_flags));
    }
    pointer
}

/// The same number, of which the compiler is to know nothing.
#[inline(always)]
pub(crate) fn kept_word(mut word: u64) -> u64 {
    // SAFETY: no instruction.
    #[cfg(any(target_arch = "x86_64", target_arch = "aarch64"))]
    unsafe {
        std::arch::asm!("/* {0} */", inout(reg) word, options(pure, nomem, nostack, preserves_flags));
    }
    word
}

/// Keeps the compiler from unrolling and vectorising a loop that runs a few times: it would save registers for that.
#[inline(always)]
pub(crate) fn short_loop() {
    // SAFETY: no instruction.
    #[cfg(any(target_arch = "x86_64", target_arch = "aarch64"))]
    unsafe {
        std::arch::asm!("", options(nomem, nostack, preserves_flags));
    }
}

/// Whether two integers, less than 2^62 apart, are in a relation that `mask` names: bit 1 less, bit 2 greater, bit 3 equal (CPython's
/// masks in the argument of COMPARE_OP).
#[inline(always)]
pub(crate) fn related(a: i64, b: i64, mask: usize) -> Value {
    #[cfg(target_arch = "x86_64")]
    {
        // The number of the bit is 2, plus 1 if they are equal, minus the carry out of doubling the difference.
        let mut index = 0u64;
        // SAFETY: arithmetic in registers.
        unsafe {
            std::arch::asm!(
                "sub {a}, {b}",
                "sete {index:l}",
                "add {a}, {a}",
                "sbb {index:e}, -2",
                "bt {mask:e}, {index:e}",
                "mov {index:e}, 1",
                "adc {index:e}, {index:e}",
                a = inout(reg) a => _,
                b = in(reg) b,
                index = inout(reg) index,
                mask = in(reg) mask,
                options(pure, nomem, nostack)
            );
        }
        // 2 or 3, as the two bits above the tag of False and True.
        // SAFETY: they are no references.
        unsafe { Value::from_bits(index << 2 | 2) }
    }
    #[cfg(not(target_arch = "x86_64"))]
    {
        let bit = if a < b {
            2
        } else if a > b {
            4
        } else {
            8
        };
        Value::from_bool(mask & bit != 0)
    }
}

/// Reads one word, whatever the compiler reads beside it: a load of two words that were stored one by one just before has to wait until
/// both stores have left the store buffer, some fifteen cycles.
///
/// # Safety
/// `at` is readable and aligned.
#[inline(always)]
pub(crate) unsafe fn word_at<T: Copy>(at: *const T) -> T {
    const { assert!(size_of::<T>() == size_of::<usize>()) };
    // SAFETY: as the caller promises.
    unsafe { at.read_volatile() }
}

/// Keeps the compiler from moving a value together with its neighbour, for the same reason as [`word_at`].
#[inline(always)]
pub(crate) fn alone(value: Value) -> Value {
    // SAFETY: these are a value's bits.
    unsafe { Value::from_bits(kept_word(value.bits())) }
}

/// Asks memory for the cache line at an address, which need not be readable.
#[inline(always)]
pub(crate) fn prefetch<T>(address: *const T) {
    #[cfg(target_arch = "x86_64")]
    // SAFETY: a prefetch of any address has no effect that a program sees.
    unsafe {
        std::arch::x86_64::_mm_prefetch::<{ std::arch::x86_64::_MM_HINT_T0 }>(address.cast());
    }
    #[cfg(not(target_arch = "x86_64"))]
    let _ = address;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relations() {
        for (a, b) in
            [(1, 2), (2, 1), (3, 3), (-5, 4), (4, -5), (0, 0), (-(1 << 32), 1 << 32), (1 << 32, -(1 << 32)), (1 << 60, -(1 << 60))]
        {
            for mask in 0..16usize {
                let bit = if a < b {
                    2
                } else if a > b {
                    4
                } else {
                    8
                };
                assert_eq!(related(a, b, mask << 5 | mask), Value::from_bool(mask & bit != 0), "{a} {b} {mask}");
            }
        }
    }
}
