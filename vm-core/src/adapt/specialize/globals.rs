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
    if let Some(index) = globals.index_of_str(name) {
        if index > LIMIT {
            return Err("out of range");
        }
        let version = globals.keys_version(s.m);
        if version == 0 || version as usize > LIMIT {
            return Err("out of versions");
        }
        s.set_cache(1, index as u32);
        s.set_cache(2, version);
        return Ok(Opcode::LOAD_GLOBAL_MODULE);
    }
    if s.m.type_of(builtins.value()) != s.m.types.dict {
        return Err("non dict");
    }
    let Some(index) = builtins.index_of_str(name) else { return Err("expected error") };
    if index > LIMIT {
        return Err("out of range");
    }
    let (globals_version, builtins_version) = (globals.keys_version(s.m), builtins.keys_version(s.m));
    if [globals_version, builtins_version].iter().any(|&v| v == 0 || v as usize > LIMIT) {
        return Err("out of versions");
    }
    s.set_cache(1, index as u32);
    s.set_cache(2, globals_version);
    s.set_cache(3, builtins_version);
    Ok(Opcode::LOAD_GLOBAL_BUILTIN)
}
