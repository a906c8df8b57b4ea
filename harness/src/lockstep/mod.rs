//! `harness verify --lockstep A B FILE`: two cells side by side, compared instruction by instruction.
//!
//! Each cell runs on a thread of its own and sends one [`Record`] for each base instruction through a bounded channel; the comparison
//! stops at the first pair of records whose opcode, position or stack differs. A superinstruction sends a record for each component that
//! it came to; the second one's stack is unknown and matches any.

mod record;

use std::collections::VecDeque;
use std::fmt::Write;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use dispatch_variants::Watch;

use crate::execute::{Job, Output, StartError, execute};
pub use record::Record;
use record::{Recorder, Tables};

/// Records in one message.
const BATCH: usize = 2048;
/// Messages a cell may be ahead of the comparison.
const AHEAD: usize = 4;
/// Equal records shown before a difference, and records shown from it on.
const BEFORE: usize = 8;
const AFTER: usize = 4;

/// Batches on their way to the comparison.
type Sender = SyncSender<Vec<Record>>;

/// How a comparison ended.
pub enum Verdict {
    /// Both cells did the same: this many base instructions, and this exit status.
    Agree(u64, i32),
    /// They differ; the text shows where.
    Differ(String),
    /// The program does not start.
    NoStart(StartError),
}

/// One cell under comparison.
struct Side {
    name: String,
    records: Receiver<Vec<Record>>,
    tables: Tables,
    batch: std::vec::IntoIter<Record>,
    thread: Option<std::thread::JoinHandle<Result<i32, StartError>>>,
}

impl Side {
    fn start(job: Job) -> Side {
        let (sender, records) = sync_channel(AHEAD);
        let tables = Tables::default();
        let name = job.variant.name();
        let job = Job { watch: Watch::Observe, output: Output::Nowhere, ..job };
        let shared = tables.clone();
        let thread = std::thread::spawn(move || {
            execute(&job, Some(Box::new(move || Box::new(Recorder::new(shared, sender)))), None).map(|mut outcome| {
                // Dropping the observer sends what is left and ends the channel.
                drop(outcome.probe.take());
                outcome.status
            })
        });
        Side { name, records, tables, batch: Vec::new().into_iter(), thread: Some(thread) }
    }

    fn next(&mut self) -> Option<Record> {
        loop {
            if let Some(record) = self.batch.next() {
                return Some(record);
            }
            self.batch = self.records.recv().ok()?.into_iter();
        }
    }

    fn end(&mut self) -> Result<i32, StartError> {
        match self.thread.take().map(std::thread::JoinHandle::join) {
            Some(Ok(result)) => result,
            Some(Err(panic)) => std::panic::resume_unwind(panic),
            None => Ok(0),
        }
    }
}

/// Runs both jobs, which are of the same program. After [`Verdict::Differ`] their threads are left behind, stopped at their channels: the process
/// should end soon.
#[must_use]
pub fn lockstep(a: Job, b: Job) -> Verdict {
    let mut sides = [Side::start(a), Side::start(b)];
    let mut equal: VecDeque<Record> = VecDeque::with_capacity(BEFORE);
    let mut count = 0u64;
    loop {
        let (left, right) = {
            let [one, two] = &mut sides;
            (one.next(), two.next())
        };
        match (left, right) {
            (None, None) => break,
            (Some(x), Some(y)) if sides[0].tables.same(&x, &sides[1].tables, &y) => {
                count += 1;
                if equal.len() == BEFORE {
                    equal.pop_front();
                }
                equal.push_back(x);
            }
            (left, right) => return Verdict::Differ(difference(&mut sides, &equal, count, [left, right])),
        }
    }
    let [one, two] = &mut sides;
    match (one.end(), two.end()) {
        (Err(error), _) | (_, Err(error)) => Verdict::NoStart(error),
        (Ok(x), Ok(y)) if x == y => Verdict::Agree(count, x),
        (Ok(x), Ok(y)) => Verdict::Differ(format!(
            "after {count} equal base instructions the exit status differs: {x} on {}, {y} on {}\n",
            one.name, two.name
        )),
    }
}

fn difference(sides: &mut [Side; 2], equal: &VecDeque<Record>, count: u64, first: [Option<Record>; 2]) -> String {
    let mut out = String::new();
    let what = match &first {
        [Some(x), Some(y)] => sides[0].tables.what_differs(x, &sides[1].tables, y),
        _ => "the end of the program",
    };
    let _ = writeln!(out, "base instruction {} differs: {what}", count + 1);
    let _ = writeln!(out, "on both:");
    for record in equal {
        let _ = writeln!(out, "    {}", sides[0].tables.show(record));
    }
    for (side, first) in sides.iter_mut().zip(first) {
        let _ = writeln!(out, "on {}:", side.name);
        let Some(first) = first else {
            let _ = writeln!(out, "  > the program has ended");
            continue;
        };
        let _ = writeln!(out, "  > {}", side.tables.show(&first));
        for _ in 1..AFTER {
            let Some(record) = side.next() else { break };
            let _ = writeln!(out, "    {}", side.tables.show(&record));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use dispatch_variants::Variant;
    use vm_core::adapt::fusion::SuperSet;
    use vm_core::adapt::policy::Policy;

    fn run(text: &str, a: &str, b: &str, policy: Policy) -> Verdict {
        let path = std::env::temp_dir().join(format!("lockstep-{}-{:x}.py", std::process::id(), text.len()));
        std::fs::write(&path, text).unwrap();
        let job = |variant, policy| Job {
            variant: Variant::by_name(variant).unwrap(),
            file: path.to_string_lossy().into_owned(),
            args: Vec::new(),
            watch: Watch::Observe,
            policy,
            gc_stress: false,
            output: Output::Nowhere,
            time_limit: None,
            stdlib: None,
            access: Default::default(),
            code_cache: false,
        };
        let verdict = lockstep(job(a, Policy::default()), job(b, policy));
        let _ = std::fs::remove_file(&path);
        verdict
    }

    const PROGRAM: &str = "def f(n):\n    s = ''\n    t = 0\n    for i in range(n):\n        t += i * 2\n        s += 'x'\n    return t, s\nfor k in range(20):\n    f(k)\n";

    #[test]
    fn all_levels_agree_on_a_small_program() {
        for b in ["switch/plain", "call/plain", "tailcall/quickened", "switch/cached", "tailcall/specialized"] {
            let supers = Some(SuperSet::ALL);
            for policy in [Policy::default(), Policy { warmup: 1, supers, ..Policy::default() }] {
                agree(b, policy);
            }
        }
    }

    fn agree(b: &str, policy: Policy) {
        match run(PROGRAM, "switch/plain", b, policy) {
            Verdict::Agree(count, 0) => assert!(count > 2000, "{count}"),
            Verdict::Agree(_, status) => panic!("{b}: status {status}"),
            Verdict::Differ(text) => panic!("{b}: {text}"),
            Verdict::NoStart(_) => panic!("{b}: not started"),
        }
    }
}
