//! The end of futures and tasks that nobody refers to any more: the loop is told of exceptions that nobody has asked for, and of tasks
//! that were not done.
//!
//! All other futures die unnoticed, so the machine is told of those that matter only when they come to matter (`machine/finalize.rs`).

use super::future::{Phase, as_future, this};
use super::task::Task;
use crate::machine::{Machine, R};
use crate::object::header::Gc;
use crate::object::string::Str;
use crate::object::typeobj::Type;
use crate::object::value::Value;
use crate::stdlib::native_struct::short_name;

/// What would be told if an object died.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Stake {
    /// Nothing.
    Nothing,
    /// That nobody has asked for an exception.
    Exception,
    /// That a task was not done.
    Pending,
    /// The object is no future of this module.
    Unknown,
}

/// What would be told if that object died now.
pub(crate) fn stake(v: Value) -> Stake {
    let Some(future) = as_future(v) else { return Stake::Unknown };
    if future.phase.get() == Phase::Pending && v.downcast::<Task>().is_some_and(|task| task.tell_pending.get()) {
        Stake::Pending
    } else if future.unseen.get() {
        Stake::Exception
    } else {
        Stake::Nothing
    }
}

/// Whether instances of a class are finalized as futures or tasks are: they register themselves once it matters.
pub(crate) fn is_own(ty: Gc<Type>) -> bool {
    let own = [future as *const () as usize, task as *const () as usize];
    ty.slot(|s| s.finalize).is_some_and(|f| own.contains(&(f as usize)))
}

/// `Future.__del__`.
pub(super) fn future(m: &mut Machine, v: Value) -> R<()> {
    let f = this(m, v)?;
    if !f.unseen.replace(false) {
        return Ok(());
    }
    let message = format!("{} exception was never retrieved", short_name(m, v));
    let (message, exception) = (m.str_value(&message), f.exception.get());
    tell(m, v, &[("message", message), ("exception", exception), ("future", v)])
}

/// `Task.__del__`.
pub(super) fn task(m: &mut Machine, v: Value) -> R<()> {
    if stake(v) == Stake::Pending {
        let message = m.str_value("Task was destroyed but it is pending!");
        tell(m, v, &[("message", message), ("task", v)])?;
    }
    future(m, v)
}

/// Calls the exception handler of a future's loop.
fn tell(m: &mut Machine, v: Value, entries: &[(&str, Value)]) -> R<()> {
    let f = this(m, v)?;
    let context = m.new_dict();
    let source = ("source_traceback", f.source.get());
    for &(key, value) in entries.iter().chain([&source]).filter(|(_, value)| !value.is_null()) {
        let key: Gc<Str> = m.intern(key);
        context.insert_str(m, key, value);
    }
    let name = m.intern("call_exception_handler");
    let handler = m.get_attr(f.event_loop.get(), name)?;
    if m.call(handler, &[context.value()]).is_err() {
        let exception = m.take_raised();
        m.show_unraisable(exception, handler);
    }
    Ok(())
}
