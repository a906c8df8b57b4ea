//! Checks byte code before a machine may run it.
//!
//! [`VerifiedCode`] is the named invariant on which the machine's unsafe code rests: whoever holds one knows that every
//! reachable instruction's operands exist, that jumps and handlers land on instructions, and that on every path the operand stack
//! stays within `0..=stacksize` with one depth per instruction. It does not know what the values on the stack are: an opcode
//! that needs a tuple or a cell there still has to look.

use super::dis_args::{BINARY_OPERATORS, INTRINSICS_1, INTRINSICS_2};
use super::exceptions::{ExceptionEntry, exception_entries};
use super::instructions::{Decoded, instructions};
use super::op_info::Operand;
use super::stack_effect::popped_pushed;
use super::{CodeObject, Form, LocalKind};
use crate::opcodes::Opcode;

/// Why code was refused, and at which code unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerifyError {
    /// The code unit.
    pub unit: usize,
    /// What is wrong there.
    pub what: &'static str,
}

impl std::fmt::Display for VerifyError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "invalid byte code at unit {}: {}", self.unit, self.what)
    }
}

impl std::error::Error for VerifyError {}

/// A verified instruction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VerifiedInstr {
    /// The instruction, its `EXTENDED_ARG`s joined in.
    pub decoded: Decoded,
    /// Index of the instruction a jump goes to.
    pub target: Option<usize>,
    /// Depth of the operand stack before it; `None` if no path leads here.
    pub depth: Option<u32>,
}

/// Byte code that has passed [`verify`].
#[derive(Clone, Debug)]
pub struct VerifiedCode {
    instrs: Box<[VerifiedInstr]>,
    handlers: Box<[ExceptionEntry]>,
}

impl VerifiedCode {
    /// The instructions in order, `EXTENDED_ARG`s joined into the one they extend.
    #[must_use]
    pub fn instrs(&self) -> &[VerifiedInstr] {
        &self.instrs
    }

    /// The exception table, in order of the protected ranges, which do not overlap.
    #[must_use]
    pub fn handlers(&self) -> &[ExceptionEntry] {
        &self.handlers
    }

    /// Index of the instruction that starts (with its first `EXTENDED_ARG`) at a code unit.
    #[must_use]
    pub fn index_of(&self, unit: usize) -> Option<usize> {
        index_of(&self.instrs, unit)
    }
}

fn index_of(instrs: &[VerifiedInstr], unit: usize) -> Option<usize> {
    instrs.binary_search_by_key(&unit, |i| i.decoded.start).ok()
}

/// Verifies one assembled form of a code object.
///
/// # Errors
///
/// If anything that [`VerifiedCode`] promises does not hold.
pub fn verify(form: Form<'_>, code: &CodeObject) -> Result<VerifiedCode, VerifyError> {
    let fail = |unit, what| Err(VerifyError { unit, what });
    if !form.code.len().is_multiple_of(2) {
        return fail(form.code.len() / 2, "half a code unit");
    }
    if code.localsplusnames.len() != code.localspluskinds.len() {
        return fail(0, "local names and kinds differ in number");
    }
    let parameters = u64::from(code.argcount) + u64::from(code.kwonlyargcount);
    if parameters > code.localsplusnames.len() as u64 || code.posonlyargcount > code.argcount {
        return fail(0, "more parameters than locals");
    }
    let mut instrs = Vec::new();
    for decoded in instructions(form.code) {
        if decoded.end() * 2 > form.code.len() {
            return fail(decoded.unit, "caches run past the end");
        }
        if decoded.unit - decoded.start > 3 {
            return fail(decoded.unit, "more than three EXTENDED_ARGs");
        }
        if let Err(what) = check_operand(code, &decoded) {
            return fail(decoded.unit, what);
        }
        let caches = &form.code[2 * decoded.unit + 2..2 * decoded.end()];
        if caches.iter().step_by(2).any(|&op| u16::from(op) != Opcode::CACHE.number()) {
            return fail(decoded.unit, "an instruction inside a cache");
        }
        if decoded.op != Opcode::EXTENDED_ARG {
            instrs.push(VerifiedInstr { decoded, target: None, depth: None });
        }
    }
    match instrs.last() {
        None => return fail(0, "no instructions"),
        Some(last) if last.decoded.end() * 2 != form.code.len() => return fail(last.decoded.end(), "an argument of nothing"),
        Some(_) => {}
    }
    for index in 0..instrs.len() {
        if let Some(unit) = instrs[index].decoded.jump_target() {
            let Some(target) = index_of(&instrs, unit) else {
                return fail(instrs[index].decoded.unit, "a jump to no instruction");
            };
            instrs[index].target = Some(target);
        } else if instrs[index].decoded.op.is_jump() {
            return fail(instrs[index].decoded.unit, "a jump before the start");
        }
    }
    let handlers = check_exceptions(form, &instrs)?;
    Depths { instrs: &mut instrs, handlers: &handlers, stacksize: code.stacksize, todo: Vec::new() }.run()?;
    Ok(VerifiedCode { instrs: instrs.into(), handlers: handlers.into() })
}

fn check_operand(code: &CodeObject, instr: &Decoded) -> Result<(), &'static str> {
    let (op, arg) = (instr.op, instr.oparg as usize);
    if instr.unknown.is_some() || op.is_specialized() {
        return Err("not an opcode that a compiler emits");
    }
    let check = |good: bool, what| if good { Ok(()) } else { Err(what) };
    match op.operand() {
        Operand::Const => check(arg < code.consts.len(), "no such constant"),
        Operand::Name(shift) => check(arg >> shift < code.names.len(), "no such name"),
        Operand::Local => check(arg < code.localsplusnames.len(), "no such local"),
        Operand::LocalPair => {
            let count = code.localsplusnames.len();
            check(arg >> 4 < count && arg & 15 < count && arg < 256, "no such local")
        }
        Operand::Cell => {
            // An inlined comprehension may make a cell where a free variable of the same name was.
            let kind = code.localspluskinds.get(arg).copied().unwrap_or(0);
            check(kind & (LocalKind::CELL | LocalKind::FREE) != 0, "no such cell")
        }
        Operand::Jump => Ok(()),
        Operand::Handler => Err("not an opcode that a compiler emits"),
        Operand::None => {
            check(!matches!(op, Opcode::CACHE | Opcode::INTERPRETER_EXIT | Opcode::EXIT_INIT_CHECK), "not an opcode that a compiler emits")
        }
        Operand::Number => {
            let free = || code.localspluskinds.iter().filter(|k| **k & LocalKind::FREE != 0).count();
            let good = match op {
                Opcode::BINARY_OP => arg < BINARY_OPERATORS.len(),
                Opcode::COMPARE_OP => arg >> 5 < 6,
                Opcode::CONTAINS_OP | Opcode::IS_OP => arg <= 1,
                Opcode::CALL_INTRINSIC_1 => (1..INTRINSICS_1.len()).contains(&arg),
                Opcode::CALL_INTRINSIC_2 => (1..INTRINSICS_2.len()).contains(&arg),
                Opcode::CALL_FUNCTION_EX => arg <= 1,
                Opcode::CONVERT_VALUE => (1..=3).contains(&arg),
                Opcode::BUILD_SLICE => arg == 2 || arg == 3,
                Opcode::RAISE_VARARGS => arg <= 2,
                Opcode::SET_FUNCTION_ATTRIBUTE => matches!(arg, 1 | 2 | 4 | 8),
                Opcode::RESUME => arg <= 7,
                Opcode::COPY | Opcode::LIST_APPEND | Opcode::SET_ADD | Opcode::MAP_ADD => arg >= 1,
                Opcode::LIST_EXTEND | Opcode::SET_UPDATE | Opcode::DICT_UPDATE | Opcode::DICT_MERGE => arg >= 1,
                Opcode::SWAP => arg >= 2,
                Opcode::COPY_FREE_VARS => arg == free(),
                _ => true,
            };
            check(good, "an argument out of range")
        }
    }
}

fn check_exceptions(form: Form<'_>, instrs: &[VerifiedInstr]) -> Result<Vec<ExceptionEntry>, VerifyError> {
    let mut entries = exception_entries(form.exceptiontable);
    let handlers: Vec<ExceptionEntry> = entries.by_ref().collect();
    let fail = |unit, what| Err(VerifyError { unit, what });
    if !entries.is_exhausted() {
        return fail(0, "a malformed exception table");
    }
    let units = form.code.len() / 2;
    let mut covered = 0;
    for entry in &handlers {
        let start = entry.units.start;
        if start < covered || entry.units.is_empty() {
            return fail(start, "exception table entries that overlap");
        }
        if index_of(instrs, start).is_none() || (entry.units.end != units && index_of(instrs, entry.units.end).is_none()) {
            return fail(start, "an exception table entry that cuts an instruction");
        }
        if index_of(instrs, entry.target).is_none() {
            return fail(start, "a handler at no instruction");
        }
        covered = entry.units.end;
    }
    Ok(handlers)
}

/// Follows every path and gives each instruction its one stack depth.
struct Depths<'a> {
    instrs: &'a mut [VerifiedInstr],
    handlers: &'a [ExceptionEntry],
    stacksize: u32,
    todo: Vec<usize>,
}

impl Depths<'_> {
    fn run(mut self) -> Result<(), VerifyError> {
        self.reach(0, 0, 0)?;
        while let Some(index) = self.todo.pop() {
            let VerifiedInstr { decoded, target, depth } = self.instrs[index];
            let (unit, op, depth) = (decoded.unit, decoded.op, depth.unwrap_or(0));
            let fail = |what| Err(VerifyError { unit, what });
            let Some((popped, pushed)) = popped_pushed(op, decoded.oparg) else {
                return fail("an argument out of range");
            };
            let Some(after) = depth.checked_sub(popped) else { return fail("the stack underflows") };
            let Some(after) = after.checked_add(pushed) else { return fail("the stack overflows") };
            if after > self.stacksize {
                return fail("the stack overflows");
            }
            self.protect(unit, depth)?;
            if let Some(target) = target {
                self.reach(target, after, unit)?;
            }
            if op.never_falls_through() {
                continue;
            }
            if index + 1 == self.instrs.len() {
                return fail("control runs off the end");
            }
            self.reach(index + 1, after, unit)?;
        }
        Ok(())
    }

    /// An instruction at `depth` may raise: its handler starts where the table says.
    fn protect(&mut self, unit: usize, depth: u32) -> Result<(), VerifyError> {
        let after = self.handlers.partition_point(|e| e.units.start <= unit);
        let Some(entry) = after.checked_sub(1).map(|i| &self.handlers[i]) else { return Ok(()) };
        if !entry.units.contains(&unit) {
            return Ok(());
        }
        if entry.depth > depth {
            return Err(VerifyError { unit, what: "a handler deeper than the stack" });
        }
        let Some(target) = index_of(self.instrs, entry.target) else {
            return Err(VerifyError { unit, what: "a handler at no instruction" });
        };
        let entry_depth = entry.depth + u32::from(entry.lasti) + 1;
        self.reach(target, entry_depth, unit)
    }

    fn reach(&mut self, index: usize, depth: u32, from: usize) -> Result<(), VerifyError> {
        if depth > self.stacksize {
            return Err(VerifyError { unit: from, what: "the stack overflows" });
        }
        let known = &mut self.instrs[index].depth;
        match *known {
            None => {
                *known = Some(depth);
                self.todo.push(index);
                Ok(())
            }
            Some(known) if known == depth => Ok(()),
            Some(_) => Err(VerifyError { unit: from, what: "paths meet with different stack depths" }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::code::{Assembled, CodeFlags, Const};

    fn refusal(code: &[(Opcode, u8)], exceptiontable: &[u8]) -> Option<&'static str> {
        let code: Vec<u8> = code.iter().flat_map(|&(op, arg)| [op.number() as u8, arg]).collect();
        let form = Form { code: &code, linetable: &[], exceptiontable };
        let object = CodeObject {
            argcount: 0,
            posonlyargcount: 0,
            kwonlyargcount: 0,
            flags: CodeFlags(0),
            stacksize: 2,
            name: "f".into(),
            qualname: "f".into(),
            filename: "f.py".into(),
            firstlineno: 1,
            names: ["n".into()].into(),
            consts: [Const::None].into(),
            localsplusnames: ["v".into()].into(),
            localspluskinds: [LocalKind::LOCAL].into(),
            plain: Assembled::default(),
            joined: None,
        };
        verify(form, &object).err().map(|e| e.what)
    }

    #[test]
    fn each_promise_is_checked() {
        use Opcode as O;
        let end = (O::RETURN_CONST, 0);
        assert_eq!(refusal(&[(O::RESUME, 0), end], &[]), None);
        for (code, what) in [
            (&[][..], "no instructions"),
            (&[(O::RETURN_CONST, 1)], "no such constant"),
            (&[(O::LOAD_NAME, 1), (O::POP_TOP, 0), end], "no such name"),
            (&[(O::LOAD_FAST, 1), (O::POP_TOP, 0), end], "no such local"),
            (&[(O::LOAD_DEREF, 0), (O::POP_TOP, 0), end], "no such cell"),
            (&[(O::POP_TOP, 0), end], "the stack underflows"),
            (&[(O::PUSH_NULL, 0), (O::PUSH_NULL, 0), (O::PUSH_NULL, 0), end], "the stack overflows"),
            (&[(O::NOP, 0)], "control runs off the end"),
            (&[(O::JUMP_FORWARD, 9), end], "a jump to no instruction"),
            (&[(O::JUMP_BACKWARD_NO_INTERRUPT, 9), end], "a jump before the start"),
            (&[(O::TO_BOOL, 0), end], "caches run past the end"),
            (&[(O::RESUME_CHECK, 0), end], "not an opcode that a compiler emits"),
            (&[end, (O::EXTENDED_ARG, 1)], "an argument of nothing"),
            (&[(O::SWAP, 1), end], "an argument out of range"),
            (
                &[(O::LOAD_FAST, 0), (O::POP_JUMP_IF_NONE, 1), (O::CACHE, 0), (O::PUSH_NULL, 0), end],
                "paths meet with different stack depths",
            ),
        ] {
            assert_eq!(refusal(code, &[]), Some(what));
        }
        assert_eq!(refusal(&[(O::NOP, 0), end], &[0x80, 1, 9, 0]), Some("a handler at no instruction"));
        assert_eq!(refusal(&[(O::NOP, 0), end], &[0x80, 1, 1, 2]), Some("a handler deeper than the stack"));
        assert_eq!(refusal(&[(O::NOP, 0), end], &[0x80, 1]), Some("a malformed exception table"));
    }
}
