//! LOAD_GLOBAL. Cache units: counter, entry index, keys version of the globals, keys version of the builtins.

use super::Choice;
use crate::op::Slow;
use crate::opcodes::Opcode;

/// CPython keeps indices and keys versions of this family in 16 bits.
const LIMIT: usize = u16::MAX as usize;

pub(super) fn load_global(s: &mut Slow<'_>) -> Choice {
    let name = s.name(s.oparg >> 1);
    let func = s.func();
    let (globals, builtins) = (func.globals, func.builtins);
    if s.m.type_of(globals.value()) != s.m.types.dict {
        return Err("non dict");
    }
    if !globals.has_str_keys() {
        return Err("non string or split");
    }
    if let Some(index) = globals.index_of_str(name) {
        if index > LIMIT {
            return Err("out of range");
        }
        let version = globals.keys_version(s.m);
        within_limit(version)?;
        s.set_cache(1, index as u32);
        s.set_cache(2, version);
        return Ok(Opcode::LOAD_GLOBAL_MODULE);
    }
    if s.m.type_of(builtins.value()) != s.m.types.dict {
        return Err("non dict");
    }
    if !builtins.has_str_keys() {
        return Err("non string or split");
    }
    // CPython finds no index, which is out of range, too.
    let Some(index) = builtins.index_of_str(name).filter(|&index| index <= LIMIT) else { return Err("out of range") };
    let (globals_version, builtins_version) = (globals.keys_version(s.m), builtins.keys_version(s.m));
    within_limit(globals_version)?;
    within_limit(builtins_version)?;
    s.set_cache(1, index as u32);
    s.set_cache(2, globals_version);
    s.set_cache(3, builtins_version);
    Ok(Opcode::LOAD_GLOBAL_BUILTIN)
}

fn within_limit(version: u32) -> Result<(), &'static str> {
    match version as usize {
        0 => Err("out of versions"),
        1..=LIMIT => Ok(()),
        _ => Err("out of range"),
    }
}
