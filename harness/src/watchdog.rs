//! Stopping a running machine from outside: Ctrl-C and time limits set its breaker, which it sees at its next safepoint.

use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;
use vm_core::machine::program::{INTERRUPTED_STATUS, TIMED_OUT_STATUS};
use vm_core::machine::{Breaker, Machine};

/// Where the running machine's breaker is; the address is valid while it stands here.
static RUNNING: Mutex<Option<usize>> = Mutex::new(None);

fn set(bits: u32) -> bool {
    let running = RUNNING.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    if let Some(address) = *running {
        // SAFETY: the machine takes its address out before it goes, under the same lock.
        unsafe { (*(address as *const AtomicU32)).fetch_or(bits, Ordering::Relaxed) };
    }
    running.is_some()
}

fn remember(m: &Machine) {
    *RUNNING.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = Some(&raw const m.breaker as usize);
}

/// The machine is about to go.
pub fn forget() {
    *RUNNING.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = None;
}

/// Interrupts the machine when the time is up, and ends the process if it does not stop within a second more.
pub fn start(m: &Machine, limit: Duration) {
    remember(m);
    std::thread::spawn(move || {
        std::thread::sleep(limit);
        if set(Breaker::TIMEOUT) {
            std::thread::sleep(Duration::from_secs(1));
            // Still there: it catches the exception, or is in a native that runs for long.
            if set(0) {
                eprintln!("harness: time limit of {limit:?} reached");
                std::process::exit(TIMED_OUT_STATUS);
            }
        }
    });
}

/// Makes Ctrl-C raise KeyboardInterrupt in the machine.
pub fn interrupt_on_ctrl_c(m: &Machine) {
    remember(m);
    // A second handler is refused: the first one still finds the machine.
    let _ = ctrlc::set_handler(|| {
        if !set(Breaker::INTERRUPT) {
            std::process::exit(INTERRUPTED_STATUS);
        }
    });
}

/// Ends the process as the signal would have: what ran it sees, as after CPython, that Ctrl-C ended it. Comes back only if that fails.
pub fn end_by_interrupt() {
    // SAFETY: the default action has no handler to be unsafe.
    unsafe {
        libc::signal(libc::SIGINT, libc::SIG_DFL);
        libc::raise(libc::SIGINT);
    }
}
