//! The machine-code audit: what the compiler made of the dispatch techniques, read from this very executable.
//!
//! A tail-call handler must end in an indirect jump and must not dispatch by an indirect call; the switch's indirect jumps are
//! counted and its dispatch sequence is listed; under `NoProbe` no handler may touch the probe's counters. The facts hold for the
//! build that is asked, so the test runs on the release build.

mod elf;

use dispatch_variants::{TECHNIQUES, Watch, handler_addresses};
use elf::Image;
use iced_x86::{FlowControl, Formatter, Instruction, IntelFormatter, OpKind, Register};
use serde::Serialize;
use vm_core::opcodes::Opcode;

/// What was found in one tail-call handler.
#[derive(Debug, Clone, Serialize)]
pub struct Handler {
    /// The opcode.
    pub opcode: &'static str,
    /// Length of its machine code.
    pub bytes: u64,
    /// Instructions in it.
    pub instructions: usize,
    /// Indirect jumps: each dispatches the next instruction.
    pub indirect_jumps: usize,
    /// Indirect calls: slots of types and natives, never dispatch.
    pub indirect_calls: usize,
    /// Direct calls.
    pub direct_calls: usize,
    /// Direct jumps to other functions: tail calls of out-of-line halves.
    pub direct_tail_calls: usize,
    /// Registers saved on the native stack.
    pub pushes: usize,
    /// Whether an indirect call loads its target from the handler table.
    pub dispatches_by_call: bool,
}

/// What was found in the whole executable.
#[derive(Debug, Clone, Serialize)]
pub struct Audit {
    /// Size of the executable file.
    pub binary_bytes: u64,
    /// Handlers of the tail-call technique without a probe, one for each opcode.
    pub handlers: Vec<Handler>,
    /// Out-of-line handlers reached from those.
    pub slow_handlers: usize,
    /// Of the switch loop without a probe: its length.
    pub switch_bytes: u64,
    /// Of the switch loop: its indirect jumps.
    pub switch_indirect_jumps: usize,
    /// Of the switch loop: the instructions that lead to its first indirect jump.
    pub switch_dispatch: Vec<String>,
    /// Of the call loop: its length.
    pub call_loop_bytes: u64,
    /// What is not as it should be.
    pub problems: Vec<String>,
}

/// Reads this executable.
pub fn audit() -> Result<Audit, String> {
    if !cfg!(target_arch = "x86_64") {
        return Err("the machine-code audit reads x86-64 only".to_owned());
    }
    let image = Image::of_self()?;
    let addresses = handler_addresses(Watch::Nothing);
    let mut problems = Vec::new();
    let mut handlers = Vec::new();
    let mut slow = std::collections::BTreeSet::new();
    for &(op, address) in &addresses {
        let Some(code) = image.function(address) else {
            problems.push(format!("{}: no symbol covers its handler", op.name()));
            continue;
        };
        let (handler, targets) = inspect(&image, op, &code);
        for target in targets {
            if let Some(out_of_line) = image.function(target) {
                slow.insert(out_of_line.start);
            }
        }
        handlers.push(handler);
    }
    for &start in &slow {
        if let Some(code) = image.function(start) {
            let (found, _) = inspect(&image, Opcode::NOP, &code);
            if found.dispatches_by_call {
                problems.push(format!("out-of-line handler at {start:#x}: dispatches by an indirect call"));
            }
        }
    }
    for h in &handlers {
        let leaves = h.indirect_jumps + h.direct_tail_calls > 0;
        if !leaves {
            problems.push(format!("{}: neither jumps to the next handler nor tail-calls its out-of-line half", h.opcode));
        }
        if h.dispatches_by_call {
            problems.push(format!("{}: dispatches by an indirect call", h.opcode));
        }
    }
    let technique = |name: &str| TECHNIQUES.iter().find(|t| t.name == name).map(|t| t.run_fn(Watch::Nothing) as *const () as usize);
    let switch = technique("switch").and_then(|a| image.function(a));
    let (switch_bytes, switch_indirect_jumps, switch_dispatch) = match &switch {
        None => {
            problems.push("the switch loop has no symbol".to_owned());
            (0, 0, Vec::new())
        }
        Some(code) => switch_facts(&image, code),
    };
    let call_loop_bytes = technique("call").and_then(|a| image.function(a)).map_or(0, |c| c.bytes);
    Ok(Audit {
        binary_bytes: image.file_bytes(),
        slow_handlers: slow.len(),
        handlers,
        switch_bytes,
        switch_indirect_jumps,
        switch_dispatch,
        call_loop_bytes,
        problems,
    })
}

/// The machine code of an opcode's tail-call handler, and of the out-of-line handlers it jumps to, an instruction a line.
pub fn listing(op: Opcode) -> Result<Vec<String>, String> {
    let image = Image::of_self()?;
    let address = handler_addresses(Watch::Nothing).into_iter().find(|&(o, _)| o == op).map(|(_, a)| a);
    let code = address.and_then(|a| image.function(a)).ok_or_else(|| format!("{} has no handler", op.name()))?;
    let (_, targets) = inspect(&image, op, &code);
    let mut lines = text_of(&image.instructions(&code));
    for (number, target) in targets.into_iter().enumerate() {
        if let Some(code) = image.function(target) {
            lines.push(format!("out of line {number}:"));
            lines.extend(text_of(&image.instructions(&code)));
        }
    }
    Ok(lines)
}

fn text_of(code: &[Instruction]) -> Vec<String> {
    let mut formatter = IntelFormatter::new();
    code.iter()
        .map(|i| {
            let mut line = String::new();
            formatter.format(i, &mut line);
            format!("{:#x}  {line}", i.ip())
        })
        .collect()
}

fn is_table_load(i: &Instruction) -> bool {
    i.op0_kind() == OpKind::Memory && i.memory_index() != Register::None && i.memory_index_scale() == 8
}

/// Facts about one function, and where it jumps to directly.
fn inspect(image: &Image, op: Opcode, code: &elf::Code) -> (Handler, Vec<usize>) {
    let mut h = Handler {
        opcode: op.name(),
        bytes: code.bytes,
        instructions: 0,
        indirect_jumps: 0,
        indirect_calls: 0,
        direct_calls: 0,
        direct_tail_calls: 0,
        pushes: 0,
        dispatches_by_call: false,
    };
    let mut targets = Vec::new();
    let range = code.start as u64..code.start as u64 + code.bytes;
    for i in image.instructions(code) {
        h.instructions += 1;
        match i.flow_control() {
            FlowControl::IndirectBranch => match image.through_memory(&i) {
                Some(target) => {
                    h.direct_tail_calls += 1;
                    targets.push(target);
                }
                None => h.indirect_jumps += 1,
            },
            FlowControl::IndirectCall if image.through_memory(&i).is_some() => h.direct_calls += 1,
            FlowControl::IndirectCall => {
                h.indirect_calls += 1;
                h.dispatches_by_call |= is_table_load(&i);
            }
            FlowControl::Call => h.direct_calls += 1,
            FlowControl::UnconditionalBranch | FlowControl::ConditionalBranch if !range.contains(&i.near_branch_target()) => {
                h.direct_tail_calls += 1;
                targets.push(i.near_branch_target() as usize);
            }
            _ => {}
        }
        if i.mnemonic() == iced_x86::Mnemonic::Push {
            h.pushes += 1;
        }
    }
    (h, targets)
}

/// Length, indirect jumps, and the straight-line code before the first indirect jump of the switch loop.
fn switch_facts(image: &Image, code: &elf::Code) -> (u64, usize, Vec<String>) {
    let mut jumps = 0;
    let mut tail: Vec<Instruction> = Vec::new();
    let mut dispatch = Vec::new();
    for i in image.instructions(code) {
        tail.push(i);
        match i.flow_control() {
            FlowControl::IndirectBranch => {
                jumps += 1;
                if dispatch.is_empty() {
                    dispatch = tail.split_off(tail.len().saturating_sub(8));
                }
                tail.clear();
            }
            FlowControl::Next | FlowControl::ConditionalBranch => {}
            _ => tail.clear(),
        }
    }
    (code.bytes, jumps, text_of(&dispatch))
}
