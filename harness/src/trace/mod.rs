//! `harness trace`: one run with every instruction observed, made into a [`Profile`], a file for Perfetto, or CPython's statistics.
//!
//! `recorder` watches and counts, with `counts`, `site`, `operands`, `timeline`, `frames` and `events` as its parts; `calls` names what is
//! called; `profile` makes the profile and checks its arithmetic: a trace in which an identity does not hold is an error, not a result.

mod calls;
mod counts;
mod events;
mod frames;
mod operands;
mod perfetto;
mod profile;
mod pystats;
mod recorder;
mod site;
mod timeline;

use std::fmt;

use dispatch_variants::{Variant, Watch};
use reports::profile::{Identity, Profile};
use vm_core::opcodes::Opcode;
use vm_core::ops::Super;

use crate::execute::{Job, StartError, execute};
pub use recorder::Recorder;

/// Why there is no profile.
pub enum TraceError {
    /// The program did not start.
    Start(StartError),
    /// The counters contradict each other.
    Broken(Vec<Identity>),
    /// The observer was lost.
    NoRecorder,
}

impl fmt::Display for TraceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            TraceError::Start(_) => f.write_str("the program did not start"),
            TraceError::NoRecorder => f.write_str("the run did not give its recorder back"),
            TraceError::Broken(identities) => {
                write!(f, "the trace contradicts itself; nothing was written")?;
                for i in identities {
                    write!(f, "\n  {}: {} is not {}", i.name, i.left, i.right)?;
                }
                Ok(())
            }
        }
    }
}

/// What is wanted beside the profile.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Beside {
    /// Nothing.
    #[default]
    Nothing,
    /// A time line of calls and events in the Chrome trace-event format, of at most that many calls and as many events.
    Perfetto(usize),
    /// The statistics under CPython's names.
    PyStats,
}

/// A traced run.
pub struct Traced {
    /// Its profile.
    pub profile: Profile,
    /// What was wanted beside it, as text; empty if nothing was.
    pub beside: String,
    /// Calls and events left out of it for want of room.
    pub left_out: u64,
}

/// Runs the job, whose probe is replaced, and makes its profile. The profile's identities hold.
pub fn trace(job: &Job) -> Result<Profile, TraceError> {
    trace_with(job, Beside::Nothing).map(|traced| traced.profile)
}

/// As [`trace`], with something beside the profile.
pub fn trace_with(job: &Job, beside: Beside) -> Result<Traced, TraceError> {
    let job = Job { watch: Watch::Observe, ..job.clone() };
    let most_events = if let Beside::Perfetto(most) = beside { most } else { 0 };
    let observer = Box::new(move || Box::new(Recorder::keeping(most_events)) as Box<dyn vm_core::probe::Observer>);
    let outcome = execute(&job, Some(observer), None).map_err(TraceError::Start)?;
    let mut probe = outcome.probe.ok_or(TraceError::NoRecorder)?;
    let observer = probe.observer.take().ok_or(TraceError::NoRecorder)?;
    let mut recorder = observer.into_any().downcast::<Recorder>().map_err(|_| TraceError::NoRecorder)?;
    recorder.finish();
    let mut profile = profile::profile(&recorder, &probe);
    profile.file = job.file;
    profile.args = job.args;
    profile.variant = variant(job.variant);
    profile.exit_status = outcome.status;
    check(&profile)?;
    let (beside, left_out) = match beside {
        Beside::Nothing => (String::new(), 0),
        Beside::Perfetto(_) => (perfetto::write(&recorder, &profile), recorder.frames.slices_dropped + recorder.events.dropped),
        Beside::PyStats => (pystats::write(&recorder), 0),
    };
    Ok(Traced { profile, beside, left_out })
}

/// Fails if one of the profile's identities does not hold.
pub fn check(profile: &Profile) -> Result<(), TraceError> {
    let broken = profile.broken_identities();
    if broken.is_empty() { Ok(()) } else { Err(TraceError::Broken(broken)) }
}

fn variant(v: Variant) -> reports::profile::Variant {
    reports::profile::Variant { dispatch: v.technique.name.to_owned(), level: v.level.name().to_owned() }
}

/// Whether the opcode is one that the `quickened` level fuses in place.
fn is_fused(op: Opcode) -> bool {
    Super::of(op).is_some()
}

/// The opcode under which a profile shows this one: counting and warm-up forms as `dis` shows them, fused ones as themselves.
fn shown_opcode(op: Opcode) -> Opcode {
    if is_fused(op) { op } else { op.shown() }
}

/// The name an opcode has in a profile.
fn shown(op: Opcode) -> &'static str {
    shown_opcode(op).name()
}
