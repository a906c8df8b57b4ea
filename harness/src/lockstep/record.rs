//! What is compared: one base instruction, where it stands, and a summary of the operand stack before it.

use std::any::Any;
use std::collections::HashMap;
use std::fmt::Write;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use vm_core::code::CodeObject;
use vm_core::compile::instr::Location;
use vm_core::heap::CollectionStats;
use vm_core::machine::frame::Frame;
use vm_core::object::code::Code;
use vm_core::op::Unit;
use vm_core::opcodes::Opcode;
use vm_core::probe::{Adapted, Observer, Step};

use super::{BATCH, Sender};
use crate::code_map::{CodeMap, components};

/// Values of which the type is compared.
const TOP: usize = 4;
/// The depth of a stack that is not known.
const UNKNOWN: u32 = u32::MAX;

/// One base instruction.
#[derive(Clone, Copy, Debug)]
pub struct Record {
    op: Opcode,
    second: bool,
    code: u32,
    unit: u32,
    depth: u32,
    top: [u32; TOP],
}

/// What records refer to by number: code objects and the names of types.
#[derive(Clone, Default)]
pub(super) struct Tables(Arc<Mutex<Inner>>);

#[derive(Default)]
struct Inner {
    codes: Vec<(Arc<CodeObject>, CodeMap)>,
    types: Vec<String>,
    type_numbers: HashMap<String, u32>,
}

impl Tables {
    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether two records, each with its tables, are of the same instruction in the same state.
    pub(super) fn same(&self, a: &Record, others: &Tables, b: &Record) -> bool {
        if a.op != b.op {
            return false;
        }
        let (mine, theirs) = (self.lock(), others.lock());
        mine.position(a) == theirs.position(b) && same_stack(&mine, a, &theirs, b)
    }

    /// The first thing in which two records differ.
    pub(super) fn what_differs(&self, a: &Record, others: &Tables, b: &Record) -> &'static str {
        let (mine, theirs) = (self.lock(), others.lock());
        if a.op != b.op {
            "the opcode"
        } else if mine.position(a) != theirs.position(b) {
            "the source position"
        } else {
            "the stack"
        }
    }

    /// The record in one line.
    pub(super) fn show(&self, r: &Record) -> String {
        let tables = self.lock();
        let (code, _) = &tables.codes[r.code as usize];
        let at = tables.location(r);
        let mut out = format!("{:<24} {}:{}:{} in {}", r.op.name(), code.filename, at.line, at.col + 1, code.qualname);
        if r.depth == UNKNOWN {
            out.push_str("  stack not known");
        } else {
            let _ = write!(out, "  depth {}", r.depth);
            for &ty in &r.top[..TOP.min(r.depth as usize)] {
                let _ = write!(out, " {}", tables.types[ty as usize]);
            }
        }
        out
    }
}

fn same_stack(mine: &Inner, a: &Record, theirs: &Inner, b: &Record) -> bool {
    if a.depth == UNKNOWN || b.depth == UNKNOWN {
        return true;
    }
    let n = TOP.min(a.depth as usize);
    a.depth == b.depth && (0..n).all(|i| mine.types[a.top[i] as usize] == theirs.types[b.top[i] as usize])
}

impl Inner {
    fn location(&self, r: &Record) -> Location {
        let place = self.codes[r.code as usize].1.place(r.unit as usize);
        if r.second { place.second } else { place.location }
    }

    fn position(&self, r: &Record) -> (Location, &str, u32) {
        let code = &self.codes[r.code as usize].0;
        (self.location(r), &code.qualname, code.firstlineno)
    }

    fn type_number(&mut self, name: &str) -> u32 {
        if let Some(&number) = self.type_numbers.get(name) {
            return number;
        }
        let number = self.types.len() as u32;
        self.types.push(name.to_owned());
        self.type_numbers.insert(name.to_owned(), number);
        number
    }
}

/// The observer of one side.
pub(super) struct Recorder {
    tables: Tables,
    sender: Sender,
    batch: Vec<Record>,
    /// The instruction just dispatched; not sent until it is certain that it is not dispatched again.
    pending: Option<Record>,
    /// The same, whether or not it is compared.
    here: Option<Record>,
    /// The second component of the instruction just dispatched.
    second: Option<Opcode>,
    numbers: HashMap<usize, u32>,
    behind_end_for: bool,
    source: usize,
    code: u32,
}

impl Recorder {
    pub(super) fn new(tables: Tables, sender: Sender) -> Recorder {
        Recorder {
            tables,
            sender,
            batch: Vec::with_capacity(BATCH),
            pending: None,
            here: None,
            second: None,
            numbers: HashMap::new(),
            behind_end_for: false,
            source: 0,
            code: 0,
        }
    }

    fn send_pending(&mut self) {
        if let Some(record) = self.pending.take() {
            self.batch.push(record);
            if self.batch.len() == BATCH {
                self.flush();
            }
        }
    }

    fn flush(&mut self) {
        let full = std::mem::replace(&mut self.batch, Vec::with_capacity(BATCH));
        // The other end goes away when a difference was found: then there is nobody to tell.
        if self.sender.send(full).is_err() {
            loop {
                std::thread::park();
            }
        }
    }

    fn code_number(&mut self, code: &Code) -> u32 {
        let source = Arc::as_ptr(code.source()) as usize;
        if source != self.source {
            self.source = source;
            self.code = match self.numbers.get(&source) {
                Some(&number) => number,
                None => {
                    let map = CodeMap::new(code.source(), code.fused);
                    let mut tables = self.tables.lock();
                    tables.codes.push((code.source().clone(), map));
                    let number = tables.codes.len() as u32 - 1;
                    self.numbers.insert(source, number);
                    number
                }
            };
        }
        self.code
    }
}

impl Recorder {
    /// The instruction or component about to run.
    fn record(&mut self, op: Opcode, step: &Step<'_>) -> Record {
        // SAFETY: the frame about to run is live, and its code too.
        let code = unsafe { &*(*Frame::of(step.fp)).code };
        let number = self.code_number(code);
        let unit = (step.ip as usize - code.units.get() as usize) / size_of::<Unit>();
        let depth = (step.sp as usize - step.fp as usize) / 8 - code.nlocalsplus as usize;
        let mut top = [0; TOP];
        let mut tables = self.tables.lock();
        for (i, number) in top.iter_mut().enumerate().take(depth) {
            // SAFETY: verified code has that many operands.
            let v = unsafe { *step.sp.sub(i + 1) };
            *number = if v.is_null() {
                tables.type_number("NULL")
            } else {
                let ty = step.vm.type_of(v);
                tables.type_number(ty.name_str())
            };
        }
        Record { op, second: false, code: number, unit: unit as u32, depth: depth as u32, top }
    }
}

/// Instructions that are not compared, since some forms of code do without them.
fn ignored(op: Opcode) -> bool {
    op.base_weight() <= 0
}

impl Observer for Recorder {
    fn step(&mut self, step: &Step<'_>) {
        self.send_pending();
        let (op, rest) = components(step.op);
        self.second = rest.first().copied();
        let behind_end_for = std::mem::replace(&mut self.behind_end_for, op == Opcode::END_FOR);
        let record = self.record(op, step);
        self.here = Some(record);
        self.pending = if ignored(op) || behind_end_for { None } else { Some(record) };
    }

    fn part(&mut self, part: &Step<'_>) {
        self.send_pending();
        self.pending = Some(self.record(part.op, part));
    }

    fn skipped(&mut self, _: i64) {
        let (Some(op), Some(here)) = (self.second, self.here) else { return };
        self.send_pending();
        self.pending = Some(Record { op, second: true, depth: UNKNOWN, ..here });
    }

    fn again(&mut self, _: Opcode) {
        self.pending = None;
    }

    fn adapted(&mut self, _: &Code, _: *const Unit, _: Opcode, _: Adapted) {}

    fn collected(&mut self, _: &CollectionStats) {}

    fn call(&mut self, _: &'static str) {}

    fn into_any(self: Box<Self>) -> Box<dyn Any> {
        self
    }
}

impl Drop for Recorder {
    fn drop(&mut self) {
        self.send_pending();
        let rest = std::mem::take(&mut self.batch);
        let _ = self.sender.send(rest);
    }
}
