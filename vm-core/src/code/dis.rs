//! Disassembles a code object, and those among its constants, as `python3.13 -m dis` prints them.
//!
//! Structure (instruction boundaries, labels, arguments) always comes from the code as compiled; what a machine has made of
//! it (specialised opcodes, cache contents) comes through a [`CodeView`], as `dis.dis(code, adaptive=True)` has it.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};
use std::fmt::Write;

use super::const_repr::code_repr;
use super::dis_args::{arg_repr, cache_format};
use super::exceptions::{ExceptionEntry, exception_entries};
use super::instructions::{Decoded, instructions};
use super::locations::lines;
use super::{CodeObject, Const};
use crate::opcodes::Opcode;

/// Where the disassembler reads opcodes and cache contents.
pub trait CodeView {
    /// The code's units as they are now, in CPython's layout and numbers: opcode and argument bytes, cache words
    /// little-endian in their place. Must be as long as the compiled code.
    fn units<'a>(&'a self, code: &'a CodeObject) -> Cow<'a, [u8]>;
}

/// The code as compiled.
#[derive(Clone, Copy, Debug, Default)]
pub struct StaticView;

impl CodeView for StaticView {
    fn units<'a>(&'a self, code: &'a CodeObject) -> Cow<'a, [u8]> {
        Cow::Borrowed(code.fused().code)
    }
}

/// What to print beside the instructions.
#[derive(Clone, Copy, Debug, Default)]
pub struct DisOptions {
    /// A line for each cache unit (`--show-caches`).
    pub show_caches: bool,
    /// Byte offsets (`--show-offsets`).
    pub show_offsets: bool,
}

/// The listing of `code` and, each under a heading, of the code objects it holds.
#[must_use]
pub fn disassemble(code: &CodeObject, view: &dyn CodeView, options: &DisOptions) -> String {
    let mut out = String::new();
    recurse(&mut out, code, view, options);
    out
}

/// The listing of `code` alone.
#[must_use]
pub fn disassemble_one(code: &CodeObject, view: &dyn CodeView, options: &DisOptions) -> String {
    let mut out = String::new();
    Listing::new(code, view, options).write(&mut out);
    out
}

fn recurse(out: &mut String, code: &CodeObject, view: &dyn CodeView, options: &DisOptions) {
    Listing::new(code, view, options).write(out);
    for constant in &code.consts {
        if let Const::Code(nested) = constant {
            let _ = writeln!(out, "\nDisassembly of {}:", code_repr(nested));
            recurse(out, nested, view, options);
        }
    }
}

/// Widths of the columns before the instruction; zero leaves a column out.
struct Widths {
    line: usize,
    label: usize,
    offset: usize,
}

/// What a column row needs to know.
struct Row<'a> {
    unit: usize,
    /// `Some(line)` where a line starts.
    starts_line: Option<Option<i32>>,
    label: Option<usize>,
    name: &'a str,
    arg: Option<u32>,
    repr: &'a str,
}

struct Listing<'a> {
    code: &'a CodeObject,
    units: Cow<'a, [u8]>,
    show_caches: bool,
    widths: Widths,
    line_starts: HashMap<usize, Option<i32>>,
    entries: Vec<ExceptionEntry>,
    labels: HashMap<usize, usize>,
}

impl<'a> Listing<'a> {
    fn new(code: &'a CodeObject, view: &'a dyn CodeView, options: &DisOptions) -> Self {
        let line_starts: HashMap<usize, Option<i32>> =
            lines(code.fused().linetable, code.firstlineno).into_iter().map(|(units, line)| (units.start, line)).collect();
        let entries: Vec<ExceptionEntry> = exception_entries(code.fused().exceptiontable).collect();
        let mut targets: BTreeSet<usize> = instructions(code.fused().code).filter_map(|i| i.jump_target()).collect();
        for entry in &entries {
            targets.extend([entry.units.start, entry.units.end, entry.target]);
        }
        let labels: HashMap<usize, usize> = targets.into_iter().enumerate().map(|(i, unit)| (unit, i + 1)).collect();
        let widths = Widths {
            line: line_width(&line_starts),
            label: 4 + labels.len().to_string().len(),
            offset: if options.show_offsets { code.fused().code.len().saturating_sub(2).max(9999).to_string().len() } else { 0 },
        };
        Listing { code, units: view.units(code), show_caches: options.show_caches, widths, line_starts, entries, labels }
    }

    fn write(&self, out: &mut String) {
        for instr in instructions(self.code.fused().code) {
            self.instruction(out, &instr);
        }
        if self.entries.is_empty() {
            return;
        }
        out.push_str("ExceptionTable:\n");
        for entry in &self.entries {
            let label = |unit: usize| self.labels.get(&unit).copied().unwrap_or(0);
            let lasti = if entry.lasti { " lasti" } else { "" };
            let (start, end, target) = (label(entry.units.start), label(entry.units.end), label(entry.target));
            let _ = writeln!(out, "  L{start} to L{end} -> L{target} [{}]{lasti}", entry.depth);
        }
    }

    fn instruction(&self, out: &mut String, instr: &Decoded) {
        let shown = self.units.get(2 * instr.unit).copied().unwrap_or(0);
        let name = match Opcode::from_number(u16::from(shown)) {
            Some(op) => Cow::Borrowed(op.name()),
            None => Cow::Owned(format!("<{shown}>")),
        };
        let target = |unit: usize| self.labels.get(&unit).copied();
        let has_arg = instr.op.has_arg() && instr.unknown.is_none();
        let repr = if has_arg { arg_repr(self.code, instr, &target) } else { String::new() };
        self.row(
            out,
            &Row {
                unit: instr.unit,
                starts_line: self.line_starts.get(&instr.unit).copied(),
                label: target(instr.unit),
                name: &name,
                arg: has_arg.then_some(instr.oparg),
                repr: &repr,
            },
        );
        if !self.show_caches {
            return;
        }
        let mut unit = instr.unit + 1;
        for &(field, size) in cache_format(instr.op) {
            // CPython 3.13 reads every field from the start of the cache, so that only the first one's value is right.
            let first = instr.unit + 1;
            let bytes = self.units.get(2 * first..2 * (first + size)).unwrap_or(&[]);
            let value = bytes.iter().rev().fold(0_u64, |value, &byte| value << 8 | u64::from(byte));
            let described = format!("{field}: {value}");
            for index in 0..size {
                let repr = if index == 0 { described.as_str() } else { "" };
                self.row(out, &Row { unit, starts_line: None, label: None, name: "CACHE", arg: Some(0), repr });
                unit += 1;
            }
        }
    }

    fn row(&self, out: &mut String, row: &Row<'_>) {
        let Widths { line: line_width, label: label_width, offset: offset_width } = self.widths;
        let mut text = String::new();
        if line_width > 0 {
            match row.starts_line {
                Some(line) => {
                    if row.unit > 0 {
                        out.push('\n');
                    }
                    let line = line.map_or_else(|| NO_LINE.to_owned(), |line| line.to_string());
                    let _ = write!(text, "{line:>line_width$} ");
                }
                None => {
                    let _ = write!(text, "{:line_width$} ", "");
                }
            }
        }
        let label = row.label.map_or_else(String::new, |label| format!("L{label}:"));
        let _ = write!(text, "{label:>label_width$} ");
        if offset_width > 0 {
            let _ = write!(text, "{:>offset_width$}   ", 2 * row.unit);
        }
        let _ = write!(text, "    {:<NAME_WIDTH$}", row.name);
        if let Some(arg) = row.arg {
            // A long name takes its extra room from the argument's column.
            let width = ARG_WIDTH.saturating_sub(row.name.len().saturating_sub(NAME_WIDTH));
            let _ = write!(text, " {arg:>width$}");
            if !row.repr.is_empty() {
                let _ = write!(text, " ({})", row.repr);
            }
        }
        out.push_str(text.trim_end());
        out.push('\n');
    }
}

const NO_LINE: &str = "  --";
const NAME_WIDTH: usize = 20;
const ARG_WIDTH: usize = 5;

fn line_width(line_starts: &HashMap<usize, Option<i32>>) -> usize {
    let Some(greatest) = line_starts.values().filter_map(|line| line.filter(|&l| l != 0)).max() else { return 0 };
    if greatest == -1 {
        return 0;
    }
    let width = greatest.to_string().len().max(3);
    if line_starts.values().any(Option::is_none) { width.max(NO_LINE.len()) } else { width }
}
