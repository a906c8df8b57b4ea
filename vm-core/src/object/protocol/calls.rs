//! Calling any object from native code.

use crate::machine::{Machine, R};
use crate::native::{Args, Keywords};
use crate::object::buffer::ValueVec;
use crate::object::function::Function;
use crate::object::header::Gc;
use crate::object::string::Str;
use crate::object::value::Value;

/// Arguments up to this number are passed on from an array in the native frame.
const FEW: usize = 8;

impl Machine {
    /// Calls with positional arguments. The slice must lie on the VM stack, in a `ValueVec` or on the native stack.
    #[inline]
    pub fn call(&mut self, callee: Value, args: &[Value]) -> R<Value> {
        self.call_args(callee, Args::positional(args))
    }

    /// Calls with any arguments.
    pub fn call_args(&mut self, callee: Value, args: Args<'_>) -> R<Value> {
        if let Some(func) = callee.downcast::<Function>() {
            return self.call_function(func, args);
        }
        match self.type_of(callee).slot(|s| s.call) {
            Some(call) => {
                self.check_native_stack()?;
                call(self, callee, args)
            }
            None => {
                let name = self.type_name(callee);
                let hint = self.callable_in_module(callee);
                Err(self.type_error(&format!("'{name}' object is not callable{hint}")))
            }
        }
    }

    /// What may have been meant when a module is called that holds a function of its own name.
    fn callable_in_module(&mut self, callee: Value) -> String {
        let Some(dict) = callee.downcast::<super::super::module::Module>().and_then(Gc::<super::super::module::Module>::namespace) else {
            return String::new();
        };
        let key = self.names.name;
        let Some(name) = dict.get_str(self, key).and_then(Value::downcast::<Str>) else { return String::new() };
        let full = name.to_string_lossy().into_owned();
        let short = self.intern(full.rsplit('.').next().unwrap_or(&full));
        match dict.get_str(self, short) {
            Some(v) if self.type_of(v).slot(|s| s.call).is_some() => {
                format!(". Did you mean: '{0}.{0}(...)'?", short.to_string_lossy())
            }
            _ => String::new(),
        }
    }

    /// Calls with one more positional argument before the others.
    pub fn call_prepended(&mut self, callee: Value, first: Value, args: Args<'_>) -> R<Value> {
        let n = args.all().len();
        let mut few = [Value::NULL; FEW];
        if n < FEW {
            few[0] = first;
            few[1..=n].copy_from_slice(args.all());
            let all = &few[..=n];
            return match args.kwnames() {
                Some(names) => self.call_args(callee, Args::with_keywords(all, &Keywords::new(all, names))),
                None => self.call(callee, all),
            };
        }
        let mut all = ValueVec::with_capacity(self, n + 1);
        all.push(self, first);
        for &v in args.all() {
            all.push(self, v);
        }
        match args.kwnames() {
            Some(names) => self.call_args(callee, Args::with_keywords(&all, &Keywords::new(&all, names))),
            None => self.call(callee, &all),
        }
    }

    /// `object.name(*args)`, without making a bound method where that can be avoided; the name is interned.
    pub fn call_method(&mut self, object: Value, name: Gc<Str>, args: &[Value]) -> R<Value> {
        let (method, this) = self.load_method(object, name)?;
        if this.is_null() { self.call(method, args) } else { self.call_prepended(method, this, Args::positional(args)) }
    }

    /// `name()` as error messages about arguments show it.
    pub fn function_description(&mut self, callable: Value) -> String {
        match self.function_str(callable) {
            Ok(text) => text,
            Err(_) => {
                self.take_raised();
                "?".to_owned()
            }
        }
    }

    /// Name of a callable as error messages show it: `module.qualname()` (`_PyObject_FunctionStr`).
    pub fn function_str(&mut self, f: Value) -> R<String> {
        let (qualname, module) = (self.names.qualname, self.names.module);
        let Some(q) = self.get_attr_opt(f, qualname)? else {
            return Ok(self.to_str(f)?.to_string_lossy().into_owned());
        };
        let q = self.to_str(q)?.to_string_lossy().into_owned();
        match self.get_attr_opt(f, module)? {
            Some(v) if !v.is_none() => {
                let name = self.to_str(v)?.to_string_lossy().into_owned();
                Ok(if name == "builtins" { format!("{q}()") } else { format!("{name}.{q}()") })
            }
            _ => Ok(format!("{q}()")),
        }
    }
}
