//! `harness audit`: what the compiler made of the dispatch techniques.

use clap::Args;
use harness::audit::{Audit, audit, listing};
use std::fmt::Write;
use vm_core::opcodes::Opcode;

#[derive(Args)]
pub(super) struct AuditArgs {
    /// As JSON
    #[arg(long)]
    json: bool,
    /// The machine code of these opcodes' handlers instead
    #[arg(long, value_name = "OPCODE", num_args = 1.., conflicts_with = "json")]
    listing: Vec<String>,
}

/// Audits; 0 if all is as it should be.
pub(super) fn run(args: &AuditArgs) -> i32 {
    if !args.listing.is_empty() {
        return list(&args.listing);
    }
    match audit() {
        Err(message) => {
            eprintln!("harness: {message}");
            1
        }
        Ok(found) => {
            let text = if args.json { serde_json::to_string_pretty(&found).unwrap_or_default() + "\n" } else { render(&found) };
            let status = super::print_all(text.as_bytes());
            if found.problems.is_empty() { status } else { 1 }
        }
    }
}

fn list(names: &[String]) -> i32 {
    let mut out = String::new();
    for name in names {
        let found = Opcode::ALL.iter().find(|op| op.name() == name).ok_or_else(|| format!("there is no opcode {name}"));
        match found.and_then(|&op| listing(op)) {
            Err(message) => {
                eprintln!("harness: {message}");
                return 2;
            }
            Ok(lines) => {
                let _ = writeln!(out, "{name}");
                lines.iter().for_each(|line| out += &format!("    {line}\n"));
            }
        }
    }
    super::print_all(out.as_bytes())
}

fn render(a: &Audit) -> String {
    let mut out = String::new();
    let _ = writeln!(
        out,
        "{:<44} {:>6} {:>6} {:>6} {:>6} {:>6} {:>6}",
        "tail-call handler", "bytes", "instr", "jumps", "calls*", "calls", "pushes"
    );
    for h in &a.handlers {
        let _ = writeln!(
            out,
            "{:<44} {:>6} {:>6} {:>6} {:>6} {:>6} {:>6}",
            h.opcode, h.bytes, h.instructions, h.indirect_jumps, h.indirect_calls, h.direct_calls, h.pushes
        );
    }
    let _ = writeln!(
        out,
        "\njumps: indirect, to the next handler; calls*: indirect, into natives and type slots; out-of-line halves are reached by direct jumps"
    );
    let _ =
        writeln!(out, "{} handlers and {} out-of-line handlers; executable of {} bytes", a.handlers.len(), a.slow_handlers, a.binary_bytes);
    let _ = writeln!(out, "switch loop: {} bytes, {} indirect jumps; its dispatch sequence:", a.switch_bytes, a.switch_indirect_jumps);
    for line in &a.switch_dispatch {
        let _ = writeln!(out, "    {line}");
    }
    let _ = writeln!(out, "call loop: {} bytes", a.call_loop_bytes);
    for p in &a.problems {
        let _ = writeln!(out, "PROBLEM: {p}");
    }
    if a.problems.is_empty() {
        let _ = writeln!(out, "every handler dispatches by an indirect jump, never by an indirect call");
    }
    out
}
