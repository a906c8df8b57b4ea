//! `atexit`: functions called, last one first, when the program has ended.

use crate::machine::{Machine, R};
use crate::native::{Args, Convention, Keywords, MethodDef, ModuleSpec};
use crate::object::dict::Dict;
use crate::object::header::Gc;
use crate::object::list::List;
use crate::object::tuple::Tuple;
use crate::object::value::Value;

/// `atexit`.
pub(super) static SPEC: ModuleSpec = ModuleSpec {
    name: "atexit",
    functions: &[
        MethodDef::new("register", Convention::VarArgsKeywords, register),
        MethodDef::new("unregister", Convention::O, unregister),
        MethodDef::new("_clear", Convention::NoArgs, |m, _, _| {
            m.lib.at_exit = Value::NULL;
            Ok(Value::NONE)
        }),
        MethodDef::new("_run_exitfuncs", Convention::NoArgs, |m, _, _| {
            m.run_at_exit();
            Ok(Value::NONE)
        }),
        MethodDef::new("_ncallbacks", Convention::NoArgs, |m, _, _| {
            let n = registered(m).len();
            Ok(m.int_from_usize(n))
        }),
    ],
    init: None,
    doc: "allow programmer to define multiple exit functions to be executed\nupon normal program termination.\n\nTwo public functions, register and unregister, are defined.\n",
};

fn registered(m: &mut Machine) -> Gc<List> {
    if let Some(list) = m.lib.at_exit.downcast::<List>() {
        return list;
    }
    let list = m.new_list(&[]);
    m.lib.at_exit = list.value();
    list
}

fn register(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let Some((&function, rest)) = args.pos().split_first() else {
        return Err(m.type_error("register() takes at least 1 argument (0 given)"));
    };
    if m.type_of(function).slot(|s| s.call).is_none() {
        return Err(m.type_error("the first argument must be callable"));
    }
    let keywords = m.new_dict();
    for (name, value) in args.keywords() {
        keywords.insert(m, name.value(), value)?;
    }
    let rest = m.new_tuple(rest).value();
    let row = m.new_tuple(&[function, rest, keywords.value()]).value();
    let list = registered(m);
    list.push(m, row);
    Ok(function)
}

fn unregister(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let list = registered(m);
    let mut i = 0;
    while let Some(row) = list.get(i) {
        let function = row.downcast::<Tuple>().map_or(Value::NONE, |t| t.slice()[0]);
        if m.equal(function, args.pos()[0])? && list.get(i) == Some(row) {
            list.remove(i);
        } else {
            i += 1;
        }
    }
    Ok(Value::NONE)
}

impl Machine {
    /// Calls what was registered; errors are shown and do not end the rest.
    pub fn run_at_exit(&mut self) {
        loop {
            let list = registered(self);
            let Some(row) = list.pop() else { return };
            let Some(&[function, args, keywords]) = row.downcast::<Tuple>().map(Gc::<Tuple>::slice) else { continue };
            if self.call_applied(function, args, keywords).is_err() {
                let exception = self.take_raised();
                let text = format!("Exception ignored in atexit callback: {}\n", self.shown(function));
                let trace = self.format_uncaught(exception);
                self.write_stderr(&text);
                self.write_stderr(&trace);
            }
        }
    }

    /// `repr`, or the type's name where that fails.
    pub(crate) fn shown(&mut self, v: Value) -> String {
        match self.repr(v) {
            Ok(s) => s.to_string_lossy().into_owned(),
            Err(_) => {
                self.take_raised();
                format!("<{} object>", self.type_name(v))
            }
        }
    }

    /// `function(*args, **keywords)` with a tuple and a dict.
    pub(crate) fn call_applied(&mut self, function: Value, args: Value, keywords: Value) -> R<Value> {
        let positional = args.downcast::<Tuple>().map_or(&[][..], Gc::<Tuple>::slice);
        let Some(keywords) = keywords.downcast::<Dict>().filter(|d| !d.is_empty()) else {
            return self.call(function, positional);
        };
        let mut all = crate::object::buffer::ValueVec::from_slice(self, positional);
        let mut names = crate::object::buffer::ValueVec::with_capacity(self, keywords.len());
        let mut at = 0;
        while let Some((i, entry)) = keywords.next_entry(at) {
            at = i + 1;
            names.push(self, entry.key);
            all.push(self, entry.value);
        }
        let names = self.new_tuple(&names);
        self.call_args(function, Args::with_keywords(&all, &Keywords::new(&all, names.slice())))
    }
}
