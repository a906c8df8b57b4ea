//! `from __future__ import …`: which features a program asks for, and where it last does.
//!
//! Only the statements at the very top count; code generation rejects later ones.

use super::ast::{Mod, StmtKind};
use super::fold::docstring;
use super::instr::Location;
use super::symtable::{Outcome, syntax_error};
use crate::code::CodeFlags;

/// `CO_FUTURE_BARRY_AS_BDFL`.
const BARRY_AS_BDFL: u32 = 0x40_0000;

/// The features of a program.
pub(super) struct Future {
    /// As `co_flags` bits.
    pub(super) flags: u32,
    /// The last statement that counts.
    pub(super) loc: Location,
}

/// Reads the features.
pub(super) fn features(program: &Mod) -> Outcome<Future> {
    let mut future = Future { flags: 0, loc: Location::NONE };
    let (Mod::Module { body } | Mod::Interactive { body }) = program else { return Ok(future) };
    for s in body.iter().skip(usize::from(docstring(body).is_some())) {
        let StmtKind::ImportFrom { module: Some(module), names, level: 0 } = &s.kind else { break };
        if &**module != "__future__" {
            break;
        }
        // These errors point at the start of the statement only.
        let at = Location { end_col: -1, ..s.loc };
        for alias in names {
            match &*alias.name {
                "nested_scopes" | "generators" | "division" | "absolute_import" | "with_statement" | "print_function"
                | "unicode_literals" | "generator_stop" => {}
                "barry_as_FLUFL" => future.flags |= BARRY_AS_BDFL,
                "annotations" => future.flags |= CodeFlags::FUTURE_ANNOTATIONS,
                "braces" => return syntax_error(at, "not a chance"),
                name => return syntax_error(at, format!("future feature {name} is not defined")),
            }
        }
        future.loc = s.loc;
    }
    Ok(future)
}
