//! Ctrl-C and the time limit: both raise KeyboardInterrupt at the next safepoint, on every cell; what is uncaught ends the process as
//! CPython's ends, and no program outlives its limit.

use std::io::{BufRead, BufReader, Read};
use std::os::unix::process::ExitStatusExt;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::Instant;

use dispatch_variants::Variant;

fn start(name: &str, cell: &str, options: &[&str], source: &str) -> Child {
    let file = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}_{}.py", cell.replace('/', "_")));
    std::fs::write(&file, source).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_harness"));
    command.args(["--quiet", "--no-code-cache", "--variant", cell]).args(options).arg(file).stdout(Stdio::piped()).stderr(Stdio::piped());
    command.spawn().unwrap()
}

/// Waits for the first line, perhaps sends Ctrl-C, and gives the status, the rest of the output and the standard error.
fn finish(mut child: Child, interrupt: bool) -> (ExitStatus, String, String) {
    let mut output = BufReader::new(child.stdout.take().unwrap());
    let mut ready = String::new();
    output.read_line(&mut ready).unwrap();
    assert_eq!(ready, "ready\n");
    if interrupt {
        // The program gets to where it stays.
        std::thread::sleep(std::time::Duration::from_millis(300));
        let id = i32::try_from(child.id()).unwrap();
        // SAFETY: the child has not been waited for, so the number is still its own.
        assert_eq!(unsafe { libc::kill(id, libc::SIGINT) }, 0);
    }
    let (mut rest, mut errors) = (String::new(), String::new());
    output.read_to_string(&mut rest).unwrap();
    child.stderr.take().unwrap().read_to_string(&mut errors).unwrap();
    (child.wait().unwrap(), rest, errors)
}

const LOOP: &str = "def f():\n    print('ready', flush=True)\n    while True:\n        pass\nf()\n";
const CALLS: &str = "def g(): pass\ndef f(n):\n    print('ready', flush=True)\n    [map(g, ()) for _ in iter(int, 1)]\nf(1)\n";
const SLEEP: &str = "import time\nprint('ready', flush=True)\ntime.sleep(60)\n";
const CAUGHT: &str = "
print('ready', flush=True)
try:
    while True:
        pass
except KeyboardInterrupt as e:
    print('caught', repr(e))
finally:
    print('finally')
";
/// Only RESUMEs behind `yield from` (argument 2) run here, and one behind a yield (1).
const DELEGATING: &str = "
def inner():
    while True:
        yield
def outer():
    yield from inner()
print('ready', flush=True)
try:
    list(outer())
except KeyboardInterrupt as e:
    frames, tb = [], e.__traceback__
    while tb:
        frames.append((tb.tb_frame.f_code.co_name, tb.tb_lineno))
        tb = tb.tb_next
    print(frames)
";

#[test]
fn ctrl_c_raises_keyboard_interrupt_on_every_cell() {
    for cell in Variant::grid().map(|v| v.name()) {
        for (name, source) in [("loop", LOOP), ("calls", CALLS), ("sleep", SLEEP)] {
            let (status, _, errors) = finish(start(name, &cell, &[], source), true);
            assert_eq!(status.signal(), Some(libc::SIGINT), "{name} on {cell}: {status} {errors}");
            assert!(
                errors.starts_with("Traceback (most recent call last):\n") && errors.ends_with("\nKeyboardInterrupt\n"),
                "{cell}: {errors}"
            );
        }
        let (status, output, errors) = finish(start("caught", &cell, &[], CAUGHT), true);
        assert_eq!((status.code(), output.as_str()), (Some(0), "caught KeyboardInterrupt()\nfinally\n"), "{cell}: {errors}");
    }
}

#[test]
fn an_uncaught_interrupt_shows_where_the_program_was() {
    let (_, _, errors) = finish(start("sleep", "switch/specialized", &[], SLEEP), true);
    assert!(errors.contains("line 3, in <module>\n    time.sleep(60)\n"), "{errors}");
}

#[test]
fn yield_from_is_not_interrupted_between_the_frames() {
    for cell in ["switch/plain", "switch/quickened", "call/cached", "tailcall/specialized"] {
        let (status, output, errors) = finish(start("delegating", cell, &[], DELEGATING), true);
        assert_eq!(status.code(), Some(0), "{cell}: {errors}");
        assert!(output.starts_with("[('<module>', 9), ('outer', 6), ('inner', "), "{cell}: {output}");
    }
}

#[test]
fn the_time_limit_ends_every_program() {
    let stubborn = "print('ready', flush=True)\nwhile True:\n    try:\n        while True:\n            pass\n    except KeyboardInterrupt:\n        pass\n";
    let native = "print('ready', flush=True)\nsum(iter(int, 1))\n";
    for (name, source) in [("limit_loop", LOOP), ("limit_sleep", SLEEP), ("limit_stubborn", stubborn), ("limit_native", native)] {
        let started = Instant::now();
        let (status, _, errors) = finish(start(name, "switch/specialized", &["--time-limit", "0.5"], source), false);
        assert_eq!(status.code(), Some(124), "{name}: {status} {errors}");
        assert!(errors.contains("time limit"), "{name}: {errors}");
        assert!(started.elapsed().as_secs() < 20, "{name}");
    }
}
