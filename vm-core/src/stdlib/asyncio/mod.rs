//! `_asyncio`: the futures and tasks of `asyncio`, and what is known of running loops, as CPython has them natively.
//!
//! The library's `asyncio.futures` and `asyncio.tasks` define the same in Python and replace it by what they find here. The event loop
//! itself stays Python code: whatever is due goes through its `call_soon`, which programs may override.

mod current;
pub(crate) mod finalize;
mod future;
mod future_iter;
mod future_type;
mod state;
mod step;
mod task;
mod task_type;

pub(crate) use state::AsyncioState;

use crate::machine::{Machine, R};
use crate::native::ModuleSpec;
use crate::object::dict::Dict;
use crate::object::header::Gc;

/// The module.
pub(super) static SPEC: ModuleSpec =
    ModuleSpec { name: "_asyncio", functions: current::FUNCTIONS, init: Some(init), doc: "Accelerator module for asyncio" };

fn init(m: &mut Machine, dict: Gc<Dict>) -> R<()> {
    let state = state::make(m)?;
    m.add_native_types(dict, &[&future_type::FUTURE, &task_type::TASK]);
    let (scheduled, eager, current) = (state.scheduled_tasks.get(), state.eager_tasks.value(), state.current_tasks.value());
    for (name, value) in [("_scheduled_tasks", scheduled), ("_eager_tasks", eager), ("_current_tasks", current)] {
        let name = m.intern(name);
        dict.insert_str(m, name, value);
    }
    Ok(())
}
