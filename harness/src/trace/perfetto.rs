//! A time line in the Chrome trace-event format, which Perfetto and Chrome's tracing page open: calls as slices, what the adaptive
//! interpreter did as instants, shares over time as counter tracks.
//!
//! Time is executed instructions, one microsecond standing for one instruction: repeatable, and free of what observing costs.

use std::fmt::Write;

use reports::profile::Profile;

use super::events::Happened;
use super::recorder::Recorder;
use super::site::What;

/// The threads under which tracks are shown.
const CALLS: u32 = 1;
const ADAPTATION: u32 = 2;
const COLLECTIONS: u32 = 3;

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// The file's text.
pub(super) fn write(r: &Recorder, profile: &Profile) -> String {
    let mut out = String::from("{\"displayTimeUnit\":\"ms\",\n\"otherData\":{");
    let _ = write!(
        out,
        "\"program\":{},\"cell\":{},\"time\":\"one microsecond stands for one executed instruction\"",
        quoted(&profile.file),
        quoted(&profile.variant.cell())
    );
    let (slices, events) = (r.frames.slices_dropped, r.events.dropped);
    if slices + events > 0 {
        let _ = write!(out, ",\"cut\":\"{slices} calls and {events} events are left out for want of room\"");
    }
    out.push_str("},\n\"traceEvents\":[\n");
    for (thread, name) in [(CALLS, "calls"), (ADAPTATION, "adaptation"), (COLLECTIONS, "collections")] {
        let _ = writeln!(out, "{{\"ph\":\"M\",\"pid\":1,\"tid\":{thread},\"name\":\"thread_name\",\"args\":{{\"name\":\"{name}\"}}}},");
    }
    if slices + events > 0 {
        let at = r.frames.slices.last().map_or(0, |slice| slice.end);
        let note = format!("cut here: {slices} calls and {events} events left out");
        instant(&mut out, at, CALLS, &note, "{}");
    }
    for slice in &r.frames.slices {
        let code = &r.codes[slice.code].source;
        let _ = writeln!(
            out,
            "{{\"ph\":\"X\",\"pid\":1,\"tid\":{CALLS},\"ts\":{},\"dur\":{},\"name\":{},\"args\":{{\"line\":{},\"depth\":{}}}}},",
            slice.start,
            slice.end - slice.start,
            quoted(&code.qualname),
            code.firstlineno,
            slice.depth
        );
    }
    for &(at, happened) in &r.events.list {
        event(&mut out, r, at, happened);
    }
    counters(&mut out, profile);
    let _ = writeln!(out, "{{\"ph\":\"M\",\"pid\":1,\"name\":\"process_name\",\"args\":{{\"name\":{}}}}}", quoted(&profile.file));
    out.push_str("]}\n");
    out
}

fn instant(out: &mut String, at: u64, thread: u32, name: &str, args: &str) {
    let name = quoted(name);
    let _ = writeln!(out, "{{\"ph\":\"i\",\"s\":\"t\",\"pid\":1,\"tid\":{thread},\"ts\":{at},\"name\":{name},\"args\":{args}}},");
}

fn event(out: &mut String, r: &Recorder, at: u64, happened: Happened) {
    let place = |code: usize, unit: usize| {
        let traced = &r.codes[code];
        let place = traced.map.place(unit);
        format!("\"code\":{},\"line\":{},\"offset\":{}", quoted(&traced.source.qualname), place.location.line, place.offset)
    };
    match happened {
        Happened::Adapted { code, unit, family, what } => {
            let (verb, opcode, reason) = match what {
                What::Specialised(op) => ("specialised", op, ""),
                What::Failed(reason) => ("not specialised", family, reason),
                What::Deoptimised(op) => ("deopt", op, ""),
                What::Missed(op) => ("first miss", op, ""),
            };
            let reason = if reason.is_empty() { String::new() } else { format!(",\"reason\":{}", quoted(reason)) };
            let args = format!("{{\"opcode\":\"{}\",{}{reason}}}", opcode.name(), place(code, unit));
            instant(out, at, ADAPTATION, &format!("{verb}: {}", opcode.name()), &args);
        }
        Happened::Quickened { code, unit, pair } => {
            instant(out, at, ADAPTATION, &format!("quickened: {}", pair.name()), &format!("{{{}}}", place(code, unit)));
        }
        Happened::Collected { live_bytes, freed_bytes } => {
            instant(out, at, COLLECTIONS, "collection", &format!("{{\"live_bytes\":{live_bytes},\"freed_bytes\":{freed_bytes}}}"));
            let _ = writeln!(
                out,
                "{{\"ph\":\"C\",\"pid\":1,\"ts\":{at},\"name\":\"live heap after collections, bytes\",\"args\":{{\"bytes\":{live_bytes}}}}},"
            );
        }
    }
}

fn counters(out: &mut String, profile: &Profile) {
    let mut at = 0;
    for bucket in &profile.timeline.buckets {
        let family = bucket.family_executions();
        let share = |n: u64| if family == 0 { 0.0 } else { 100.0 * n as f64 / family as f64 };
        let tracks = [
            ("specialised share of adaptive instructions, %", share(bucket.hits)),
            ("misses per interval", bucket.misses as f64),
            ("deopts per interval", bucket.deopts as f64),
            ("specialisations per interval", bucket.successes as f64),
        ];
        for (name, value) in tracks {
            let _ = writeln!(out, "{{\"ph\":\"C\",\"pid\":1,\"ts\":{at},\"name\":\"{name}\",\"args\":{{\"value\":{value:.3}}}}},");
        }
        at += bucket.executed;
    }
}
