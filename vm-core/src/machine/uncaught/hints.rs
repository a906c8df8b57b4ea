//! "Did you mean: 'x'?" after the message of a `NameError`, `AttributeError` or `ImportError`.

use super::stdlib_names::is_stdlib_module;
use crate::machine::Machine;
use crate::object::exception::{Exception, fields};
use crate::object::frame_object::FrameObject;
use crate::object::header::Gc;
use crate::object::list::List;
use crate::object::string::Str;
use crate::object::suggest::closest;
use crate::object::traceback::Traceback;
use crate::object::typeobj::Type;
use crate::object::value::Value;

/// With as many candidates, none is looked at.
const CANDIDATES_MAX: usize = 750;

impl Machine {
    /// What is added to the message; empty for nothing. An exception may be left pending.
    pub(super) fn suggestion(&mut self, exception: Value, traceback: Option<Gc<Traceback>>) -> String {
        let ty = self.type_of(exception);
        let Some(e) = exception.downcast::<Exception>() else { return String::new() };
        let text = |v: Value| v.downcast::<Str>().map(|s| s.to_string_lossy().into_owned());
        let last = traceback.map(|mut entry| {
            while let Some(next) = entry.next_entry() {
                entry = next;
            }
            entry.frame
        });
        let did_you_mean = |name: Option<String>| name.map_or_else(String::new, |n| format!(". Did you mean: '{n}'?"));
        if ty.is_subtype_of(self.exceptions.import_error) {
            let Some(wrong) = text(e.extra(fields::IMPORT_ERROR_NAME_FROM)) else { return String::new() };
            let Some(module) = text(e.extra(fields::IMPORT_ERROR_NAME)) else { return String::new() };
            return did_you_mean(self.near_import(&wrong, &module));
        }
        if ty.is_subtype_of(self.exceptions.attribute_error) {
            let Some(wrong) = text(e.extra(fields::ATTRIBUTE_ERROR_NAME)) else { return String::new() };
            let object = e.extra(fields::ATTRIBUTE_ERROR_OBJ).non_null().unwrap_or(Value::NONE);
            return did_you_mean(self.near_attribute(&wrong, object, last));
        }
        if !ty.is_subtype_of(self.exceptions.name_error) {
            return String::new();
        }
        let Some(wrong) = text(e.extra(fields::NAME_ERROR_NAME)) else { return String::new() };
        let near = last.and_then(|frame| self.near_name(&wrong, frame));
        let forgot = if is_stdlib_module(&wrong) {
            let start = if near.is_some() { " Or" } else { ". Did" };
            let verb = if near.is_some() { " did" } else { "" };
            format!("{start}{verb} you forget to import '{wrong}'?")
        } else {
            String::new()
        };
        did_you_mean(near) + &forgot
    }

    fn near_import(&mut self, wrong: &str, module: &str) -> Option<String> {
        let top = module.split('.').next().unwrap_or(module);
        let key = self.intern(top);
        let modules = self.modules;
        let module = modules.get_str(self, key)?;
        let mut names = self.dir_names(module)?;
        if !wrong.starts_with('_') {
            names.retain(|n| !n.starts_with('_'));
        }
        pick(wrong, &names)
    }

    fn near_attribute(&mut self, wrong: &str, object: Value, last: Option<Gc<FrameObject>>) -> Option<String> {
        let mut names = self.dir_names(object)?;
        let mut hide = !wrong.starts_with('_');
        if hide
            && let Some(frame) = last
            && frame.local(self, "self").is_some_and(|v| v.is(object))
        {
            hide = false;
        }
        if hide {
            names.retain(|n| !n.starts_with('_'));
        }
        pick(wrong, &names)
    }

    fn near_name(&mut self, wrong: &str, frame: Gc<FrameObject>) -> Option<String> {
        if let Some(this) = frame.local(self, "self") {
            let name = self.intern(wrong);
            if matches!(self.get_attr_opt(this, name), Ok(Some(_))) {
                return Some(format!("self.{wrong}"));
            }
            self.take_raised();
        }
        let mut names = frame.local_names();
        let text = |k: Value| k.downcast::<Str>().map(|s| s.to_string_lossy().into_owned());
        names.extend(frame.func.globals.iter().filter_map(|(k, _)| text(k)));
        // CPython's namespace of builtins has the functions before the types, and of equally near names the first is taken.
        for types in [false, true] {
            let of_kind = frame.func.builtins.iter().filter(|(_, v)| v.downcast::<Type>().is_some() == types);
            names.extend(of_kind.filter_map(|(k, _)| text(k)));
        }
        pick(wrong, &names)
    }

    /// `dir(object)`.
    fn dir_names(&mut self, object: Value) -> Option<Vec<String>> {
        let name = self.names.dir;
        let f = self.lookup_special(object, name).ok()??;
        let names = self.call(f, &[]).ok()?;
        let items = self.collect(names).ok()?;
        let list: Gc<List> = self.list_from_vec(items);
        let mut out: Vec<String> =
            list.items().iter().filter_map(|v| v.downcast::<Str>()).map(|s| s.to_string_lossy().into_owned()).collect();
        out.sort();
        Some(out)
    }
}

fn pick(wrong: &str, names: &[String]) -> Option<String> {
    if names.len() >= CANDIDATES_MAX {
        return None;
    }
    closest(wrong, names.iter().map(String::as_str)).map(str::to_owned)
}
