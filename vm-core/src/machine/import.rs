//! What `import` statements and `__import__` mean: relative names, packages, from-lists, `*`. Finding and loading is in `import_find.rs`.

use super::{Machine, R, Raised};
use crate::builtins::import_function;
use crate::object::dict::Dict;
use crate::object::function::{Function, NativeFunction};
use crate::object::header::Gc;
use crate::object::module::Module;
use crate::object::string::Str;
use crate::object::value::Value;

/// What a program asks for.
#[derive(Clone, Copy)]
pub struct ImportRequest {
    /// The name as written, perhaps empty.
    pub name: Gc<Str>,
    /// The importer's globals, or `NULL`.
    pub globals: Value,
    /// `None` or a sequence of names.
    pub from_list: Value,
    /// Leading dots.
    pub level: i64,
}

impl Machine {
    /// `import name`, `from name import …`: calls `__import__`.
    pub fn import_statement(&mut self, func: Gc<Function>, locals: Value, name: Gc<Str>, from_list: Value, level: Value) -> R<Value> {
        let key = self.names.import;
        let Some(function) = func.builtins.get_str(self, key) else {
            return Err(self.import_error("__import__ not found"));
        };
        let globals = func.globals.value();
        let own = function.downcast::<NativeFunction>().is_some_and(|f| std::ptr::eq(f.def, import_function()));
        if own && level.is_int() {
            return self.import(ImportRequest { name, globals, from_list, level: level.as_int() });
        }
        let locals = locals.non_null().unwrap_or(Value::NONE);
        self.call(function, &[name.value(), globals, locals, from_list, level])
    }

    /// `__import__` (`PyImport_ImportModuleLevelObject`).
    pub fn import(&mut self, request: ImportRequest) -> R<Value> {
        let ImportRequest { name, globals, from_list, level } = request;
        if level < 0 {
            return Err(self.value_error("level must be >= 0"));
        }
        let text = name.to_string_lossy().into_owned();
        let absolute = if level > 0 {
            self.resolve_name(&text, globals, level)?
        } else if text.is_empty() {
            return Err(self.value_error("Empty module name"));
        } else {
            text.clone()
        };
        let module = self.import_absolute(&absolute)?;
        if from_list.is_null() || !self.truthy(from_list)? {
            if level > 0 && text.is_empty() {
                return Ok(module);
            }
            let Some(dot) = text.find('.') else { return Ok(module) };
            if level == 0 {
                return self.import_absolute(&text[..dot]);
            }
            let front = &absolute[..absolute.len() - (text.len() - dot)];
            return match self.loaded_module(front)? {
                Some(module) => Ok(module),
                None => {
                    let shown = self.str_value(front);
                    let shown = self.repr(shown)?.to_string_lossy().into_owned();
                    let message = self.str_value(&format!("{shown} not in sys.modules as expected"));
                    Err(self.key_error(message))
                }
            };
        }
        let path = self.names.path;
        if self.get_attr_opt(module, path)?.is_some() {
            self.import_from_list(module, from_list, false)?;
        }
        Ok(module)
    }

    /// The absolute name of a relative import.
    fn resolve_name(&mut self, name: &str, globals: Value, level: i64) -> R<String> {
        if globals.is_null() {
            let message = self.str_value("'__name__' not in globals");
            return Err(self.key_error(message));
        }
        let Some(dict) = globals.downcast::<Dict>() else {
            return Err(self.type_error("globals must be a dict"));
        };
        let entry = |m: &mut Machine, key: Gc<Str>| dict.get_str(m, key).filter(|v| !v.is_none());
        let (package, spec) = (self.names.package, self.names.spec);
        let (package, spec) = (entry(self, package), entry(self, spec));
        let package = if let Some(package) = package {
            match package.downcast::<Str>() {
                Some(s) => s.to_string_lossy().into_owned(),
                None => return Err(self.type_error("package must be a string")),
            }
        } else if let Some(spec) = spec {
            let parent = self.intern("parent");
            match self.get_attr(spec, parent)?.downcast::<Str>() {
                Some(s) => s.to_string_lossy().into_owned(),
                None => return Err(self.type_error("__spec__.parent must be a string")),
            }
        } else {
            let (name, path) = (self.names.name, self.names.path);
            let Some(v) = dict.get_str(self, name) else {
                let message = self.str_value("'__name__' not in globals");
                return Err(self.key_error(message));
            };
            let Some(s) = v.downcast::<Str>() else {
                return Err(self.type_error("__name__ must be a string"));
            };
            let full = s.to_string_lossy().into_owned();
            if dict.get_str(self, path).is_some() { full } else { full.rsplit_once('.').map_or(String::new(), |(p, _)| p.to_owned()) }
        };
        if package.is_empty() {
            return Err(self.import_error("attempted relative import with no known parent package"));
        }
        let mut base = package.as_str();
        for _ in 1..level {
            match base.rsplit_once('.') {
                Some((front, _)) => base = front,
                None => return Err(self.import_error("attempted relative import beyond top-level package")),
            }
        }
        Ok(if name.is_empty() { base.to_owned() } else { format!("{base}.{name}") })
    }

    /// Loads the submodules of a package that a from-list names.
    fn import_from_list(&mut self, module: Value, names: Value, from_all: bool) -> R<()> {
        let (all, own_name) = (self.names.all, self.names.name);
        let items = self.collect(names)?;
        for i in 0..items.len() {
            let item = items[i];
            let Some(name) = item.downcast::<Str>() else {
                let place = if from_all {
                    let v = self.get_attr(module, own_name)?;
                    format!("{}.__all__", self.to_str(v)?.to_string_lossy())
                } else {
                    "``from list''".to_owned()
                };
                let got = self.type_name(item);
                return Err(self.type_error(&format!("Item in {place} must be str, not {got}")));
            };
            if name.bytes() == b"*" {
                if !from_all && let Some(all) = self.get_attr_opt(module, all)? {
                    self.import_from_list(module, all, true)?;
                }
                continue;
            }
            let name = self.intern_str(name);
            if self.get_attr_opt(module, name)?.is_some() {
                continue;
            }
            let package = self.get_attr(module, own_name)?;
            let full = format!("{}.{}", self.to_str(package)?.to_string_lossy(), name.to_string_lossy());
            let result = self.import_absolute(&full);
            if result.is_err() && !self.missing_is(&full)? {
                return Err(Raised);
            }
        }
        Ok(())
    }

    /// Whether the pending exception says that exactly this module was not found; then it is cleared.
    fn missing_is(&mut self, full: &str) -> R<bool> {
        if !self.pending_is(self.exceptions.module_not_found_error) {
            return Ok(false);
        }
        let exception = self.take_raised();
        let name = self.intern("name");
        let missing = self.get_attr_opt(exception, name)?.and_then(Value::downcast::<Str>);
        if missing.is_some_and(|s| s.bytes() == full.as_bytes()) && !self.is_blocked(full) {
            return Ok(true);
        }
        let _ = self.reraise(exception);
        Ok(false)
    }

    fn is_blocked(&mut self, full: &str) -> bool {
        let key = self.intern(full);
        let modules = self.modules;
        modules.get_str(self, key).is_some_and(Value::is_none)
    }

    /// `from module import name`.
    pub fn import_from(&mut self, module: Value, name: Gc<Str>) -> R<Value> {
        if let Some(v) = self.get_attr_opt(module, name)? {
            return Ok(v);
        }
        let own_name = self.names.name;
        let package = self.get_attr_opt(module, own_name)?.and_then(Value::downcast::<Str>);
        if let Some(package) = package {
            let full = format!("{}.{}", package.to_string_lossy(), name.to_string_lossy());
            if let Some(v) = self.loaded_module(&full)? {
                return Ok(v);
            }
        }
        let known = package.unwrap_or_else(|| self.str("<unknown module name>"));
        let origin = self.module_file(module);
        let (shown, from) =
            (self.repr(name.value())?.to_string_lossy().into_owned(), self.repr(known.value())?.to_string_lossy().into_owned());
        let text = match origin.downcast::<Str>() {
            None => format!("cannot import name {shown} from {from} (unknown location)"),
            Some(file) => {
                let file = file.to_string_lossy();
                if self.is_initializing(module)? {
                    format!(
                        "cannot import name {shown} from partially initialized module {from} (most likely due to a circular import) ({file})"
                    )
                } else {
                    format!("cannot import name {shown} from {from} ({file})")
                }
            }
        };
        let class = self.exceptions.import_error;
        Err(self.import_error_for(class, &text, known.value(), origin, name.value()))
    }

    /// `__file__` of a module, `None` if it has none.
    pub(crate) fn module_file(&mut self, module: Value) -> Value {
        let file = self.names.file;
        let Some(dict) = module.downcast::<Module>().and_then(Gc::<Module>::namespace) else { return Value::NONE };
        dict.get_str(self, file).filter(|v| v.downcast::<Str>().is_some()).unwrap_or(Value::NONE)
    }

    /// Whether a module's body is still being run.
    pub(crate) fn is_initializing(&mut self, module: Value) -> R<bool> {
        let (spec, flag) = (self.names.spec, self.intern("_initializing"));
        let Some(dict) = module.downcast::<Module>().and_then(Gc::<Module>::namespace) else { return Ok(false) };
        match dict.get_str(self, spec) {
            Some(spec) if !spec.is_none() => match self.get_attr_opt(spec, flag)? {
                Some(v) => self.truthy(v),
                None => Ok(false),
            },
            _ => Ok(false),
        }
    }

    /// What a module that lacks an attribute may be instead, for the message: CPython's hints about shadowing and circular imports.
    pub(crate) fn missing_attribute_text(&mut self, module: Value, module_name: &str, name: &str) -> R<String> {
        let plain = format!("module '{module_name}' has no attribute '{name}'");
        let file = self.module_file(module).downcast::<Str>().map(|s| s.to_string_lossy().into_owned());
        let initializing = self.is_initializing(module)?;
        if let Some(file) = &file
            && self.may_shadow(file)?
        {
            if crate::stdlib::names::NAMES.binary_search(&module_name).is_ok() {
                return Ok(format!(
                    "{plain} (consider renaming '{file}' since it has the same name as the standard library module named '{module_name}' and the import system gives it precedence)"
                ));
            }
            if initializing {
                return Ok(format!(
                    "{plain} (consider renaming '{file}' if it has the same name as a third-party module you intended to import)"
                ));
            }
        }
        if initializing {
            let from = file.map_or(String::new(), |f| format!(" from '{f}'"));
            return Ok(format!(
                "partially initialized module '{module_name}'{from} has no attribute '{name}' (most likely due to a circular import)"
            ));
        }
        Ok(plain)
    }

    /// Whether a module's file lies where the program does.
    fn may_shadow(&mut self, file: &str) -> R<bool> {
        let path = self.sys_attribute("path")?;
        let Some(first) = path.downcast::<crate::object::list::List>().and_then(|l| l.get(0)).and_then(Value::downcast::<Str>) else {
            return Ok(false);
        };
        let file = file.strip_suffix("/__init__.py").unwrap_or(file);
        let root = file.rsplit_once('/').map_or("", |(root, _)| root);
        Ok(super::import_find::absolute(&first.to_string_lossy()) == root)
    }

    /// `from module import *`.
    pub fn import_star(&mut self, module: Value, locals: Value) -> R<()> {
        let (all, dict) = (self.names.all, self.names.dict);
        let listed = self.get_attr_opt(module, all)?;
        let names = match listed {
            Some(names) => names,
            None => match self.get_attr_opt(module, dict)? {
                Some(namespace) => {
                    let keys = self.names.keys;
                    let keys = self.call_method(namespace, keys, &[])?;
                    let keys = self.collect(keys)?;
                    self.list_from_vec(keys).value()
                }
                None => return Err(self.import_error("from-import-* object has no __dict__ and no __all__")),
            },
        };
        let mut i = 0;
        loop {
            let item = self.get_item(names, Value::small(i));
            let class = self.exceptions.index_error;
            let Some(item) = self.catch(item, class)? else { return Ok(()) };
            i += 1;
            let Some(name) = item.downcast::<Str>() else {
                let own_name = self.names.name;
                let module_name = self.get_attr(module, own_name)?;
                let Some(module_name) = module_name.downcast::<Str>() else {
                    let got = self.type_name(module_name);
                    return Err(self.type_error(&format!("module __name__ must be a string, not {got}")));
                };
                let (what, place) = if listed.is_some() { ("Item", "__all__") } else { ("Key", "__dict__") };
                let (module_name, got) = (module_name.to_string_lossy().into_owned(), self.type_name(item));
                return Err(self.type_error(&format!("{what} in {module_name}.{place} must be str, not {got}")));
            };
            if listed.is_none() && name.bytes().first() == Some(&b'_') {
                continue;
            }
            let name = self.intern_str(name);
            let value = self.get_attr(module, name)?;
            self.set_item(locals, name.value(), value)?;
        }
    }

    /// The module that `import name` binds, for natives: dots lead to the last part.
    pub fn import_name(&mut self, name: &str) -> R<Value> {
        self.import_absolute(name)
    }
}
