//! One run in a process of its own: with limits, and with everything it said kept.

use std::fmt;
use std::io::Read;
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::process::{Pid, PidfdFlags, Resource, Rlimit, Signal, kill_process, pidfd_open, prlimit};

/// What the harness reserves without using it: the machine's native stack and the VM stack, with room for the loader.
const RESERVED_BYTES: u64 = (1 << 30) + (256 << 20) + (256 << 20);
/// How often the resident set is looked at.
const LOOK_EVERY: Duration = Duration::from_millis(20);

/// What a process may use.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Wall-clock time.
    pub time: Duration,
    /// Resident memory.
    pub memory_bytes: u64,
}

/// How a process ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// It exited with this status.
    Status(i32),
    /// A signal ended it.
    Signal(i32),
    /// It was killed at the time limit.
    Time(Duration),
    /// It was killed at the memory limit.
    Memory(u64),
}

impl fmt::Display for End {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            End::Status(status) => write!(f, "exit status {status}"),
            End::Signal(number) => match Signal::from_named_raw(number) {
                Some(signal) => write!(f, "killed by signal {number} ({signal:?})"),
                None => write!(f, "killed by signal {number}"),
            },
            End::Time(limit) => write!(f, "killed at the time limit of {} s", limit.as_secs_f64()),
            End::Memory(limit) => write!(f, "killed at the memory limit of {} MB", limit >> 20),
        }
    }
}

/// What a process left.
#[derive(Debug)]
pub struct Ran {
    /// How it ended.
    pub end: End,
    /// Standard output.
    pub stdout: Vec<u8>,
    /// Standard error.
    pub stderr: Vec<u8>,
    /// Wall-clock time.
    pub wall: Duration,
}

/// Runs a command to its end or to a limit, with an empty standard input.
pub fn run(mut command: Command, limits: Limits) -> Result<Ran, String> {
    let program = command.get_program().to_string_lossy().into_owned();
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let start = Instant::now();
    let mut child = command.spawn().map_err(|e| format!("cannot start '{program}': {e}"))?;
    limit_memory(&child, limits);
    let stdout = drain(child.stdout.take());
    let stderr = drain(child.stderr.take());
    let cut = watch(&child, start, limits);
    if cut.is_some()
        && let Some(pid) = pid(&child)
    {
        // It has not been waited for, so its number is still its own.
        let _ = kill_process(pid, Signal::KILL);
    }
    let status = child.wait().map_err(|e| format!("cannot wait for '{program}': {e}"))?;
    let text = |reader: Option<std::thread::JoinHandle<Vec<u8>>>| reader.and_then(|r| r.join().ok()).unwrap_or_default();
    Ok(Ran { end: cut.unwrap_or_else(|| end(status)), stdout: text(stdout), stderr: text(stderr), wall: start.elapsed() })
}

fn end(status: ExitStatus) -> End {
    match (status.code(), status.signal()) {
        (Some(code), _) => End::Status(code),
        (None, Some(signal)) => End::Signal(signal),
        (None, None) => End::Status(-1),
    }
}

fn pid(child: &Child) -> Option<Pid> {
    Pid::from_raw(i32::try_from(child.id()).ok()?)
}

/// A backstop for memory that grows between two looks; also, no core files.
fn limit_memory(child: &Child, limits: Limits) {
    let set = |resource, bytes| {
        // A limit that cannot be set is a backstop missing: the watch still stands.
        let _ = prlimit(pid(child), resource, Rlimit { current: Some(bytes), maximum: Some(bytes) });
    };
    set(Resource::Data, RESERVED_BYTES + 2 * limits.memory_bytes);
    set(Resource::Core, 0);
}

fn drain(pipe: Option<impl Read + Send + 'static>) -> Option<std::thread::JoinHandle<Vec<u8>>> {
    let mut pipe = pipe?;
    Some(std::thread::spawn(move || {
        let mut bytes = Vec::new();
        // A read error ends the text; the process's end is told by its status.
        let _ = pipe.read_to_end(&mut bytes);
        bytes
    }))
}

/// Sleeps until the process ends, or says which limit it reached.
fn watch(child: &Child, start: Instant, limits: Limits) -> Option<End> {
    let descriptor = pidfd_open(pid(child)?, PidfdFlags::empty()).ok()?;
    loop {
        let left = limits.time.saturating_sub(start.elapsed());
        if left.is_zero() {
            return Some(End::Time(limits.time));
        }
        let nap = left.min(LOOK_EVERY);
        let timeout = Timespec { tv_sec: nap.as_secs().cast_signed(), tv_nsec: nap.subsec_nanos().into() };
        match poll(&mut [PollFd::new(&descriptor, PollFlags::IN)], Some(&timeout)) {
            Ok(0) => {}
            Err(rustix::io::Errno::INTR) => continue,
            Ok(_) | Err(_) => return None,
        }
        if resident_bytes(child.id()).is_some_and(|bytes| bytes > limits.memory_bytes) {
            return Some(End::Memory(limits.memory_bytes));
        }
    }
}

fn resident_bytes(pid: u32) -> Option<u64> {
    let statm = std::fs::read_to_string(Path::new("/proc").join(pid.to_string()).join("statm")).ok()?;
    let pages: u64 = statm.split_whitespace().nth(1)?.parse().ok()?;
    Some(pages * rustix::param::page_size() as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shell(text: &str) -> Command {
        let mut command = Command::new("sh");
        command.args(["-c", text]);
        command
    }

    const LIMITS: Limits = Limits { time: Duration::from_secs(20), memory_bytes: 256 << 20 };

    #[test]
    fn output_status_and_signals_are_told_apart() {
        let ran = run(shell("echo out; echo err >&2; exit 3"), LIMITS).unwrap();
        assert_eq!((ran.end, &*ran.stdout, &*ran.stderr), (End::Status(3), &b"out\n"[..], &b"err\n"[..]));
        let ran = run(shell("kill -SEGV $$"), LIMITS).unwrap();
        assert_eq!(ran.end, End::Signal(11));
        assert!(ran.end.to_string().contains("SEGV"), "{}", ran.end);
        assert!(run(Command::new("/no/such/program"), LIMITS).unwrap_err().contains("/no/such/program"));
    }

    #[test]
    fn time_and_memory_are_limited() {
        let limits = Limits { time: Duration::from_millis(100), ..LIMITS };
        assert!(matches!(run(shell("exec sleep 10"), limits).unwrap().end, End::Time(_)));
        let limits = Limits { memory_bytes: 1 << 16, ..LIMITS };
        assert!(matches!(run(shell("exec sleep 5"), limits).unwrap().end, End::Memory(_)));
    }
}
