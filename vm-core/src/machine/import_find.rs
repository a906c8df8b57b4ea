//! Finding modules (native ones, then files and packages along a path) and running them; what `import` statements mean is in `import.rs`.

use super::{Machine, R, Raised};
use crate::object::header::Gc;
use crate::object::list::List;
use crate::object::string::Str;
use crate::object::value::Value;
use crate::stdlib::names;
use std::path::{Path, PathBuf};

/// Where a module was found.
enum Found {
    /// A table row.
    Native(&'static crate::native::ModuleSpec),
    /// A source file; for a package its directory too.
    Source { file: PathBuf, package: Option<PathBuf> },
    /// Directories of a package without `__init__.py`.
    Portions(Vec<PathBuf>),
}

/// A path as CPython writes it in `__file__`: the working directory before a relative one.
#[must_use]
pub fn absolute(path: &str) -> String {
    if path.starts_with('/') {
        return path.to_owned();
    }
    let here = std::env::current_dir().map(|d| d.to_string_lossy().into_owned()).unwrap_or_default();
    if path.is_empty() { here } else { format!("{here}/{path}") }
}

/// A module's own namespace entries that depend on where it comes from.
struct Origin<'a> {
    name: &'a str,
    origin: Value,
    file: bool,
    path: Option<&'a [PathBuf]>,
}

impl Machine {
    /// What `sys.modules` holds under a name; `None` there stops the import.
    pub(super) fn loaded_module(&mut self, name: &str) -> R<Option<Value>> {
        let key = self.intern(name);
        let modules = self.sys_modules()?;
        modules.get(self, key.value())
    }

    fn sys_modules(&mut self) -> R<Gc<crate::object::dict::Dict>> {
        Ok(self.modules)
    }

    /// The module of an absolute name, loaded if need be.
    pub(crate) fn import_absolute(&mut self, name: &str) -> R<Value> {
        if let Some(module) = self.loaded_module(name)? {
            if module.is_none() {
                return Err(self.module_not_found(&format!("import of {name} halted; None in sys.modules"), name));
            }
            return Ok(module);
        }
        self.check_native_stack()?;
        let Some((parent, child)) = name.rsplit_once('.') else {
            let path = self.sys_attribute("path")?;
            return self.find_and_load(name, path);
        };
        self.import_absolute(parent)?;
        if let Some(module) = self.loaded_module(name)? {
            return Ok(module);
        }
        let Some(package) = self.loaded_module(parent)? else {
            let key = self.str_value(parent);
            return Err(self.key_error(key));
        };
        let path = self.names.path;
        let Some(path) = self.get_attr_opt(package, path)? else {
            return Err(self.module_not_found(&format!("No module named '{name}'; '{parent}' is not a package"), name));
        };
        let module = self.find_and_load(name, path)?;
        let child = self.intern(child);
        let bound = self.set_attr(package, child, module);
        let class = self.exceptions.attribute_error;
        self.catch(bound, class)?;
        Ok(module)
    }

    fn module_not_found(&mut self, text: &str, name: &str) -> Raised {
        let class = self.exceptions.module_not_found_error;
        let name = self.str_value(name);
        self.import_error_for(class, text, name, Value::NONE, Value::NULL)
    }

    fn find_and_load(&mut self, name: &str, path: Value) -> R<Value> {
        if self.has_own_finders()? {
            return self.load_by_finders(name);
        }
        if name == super::import_boot::BOOTSTRAP || name == super::import_boot::EXTERNAL {
            self.boot_importlib()?;
            if let Some(module) = self.loaded_module(name)? {
                return Ok(module);
            }
        }
        match self.find(name, path)? {
            Some(Found::Native(spec)) => self.load_native(spec),
            Some(Found::Source { file, package }) => self.load_source(name, &file, package.as_deref()),
            Some(Found::Portions(directories)) => {
                let key = self.intern(name);
                let module = self.new_module(key);
                self.describe_module(module, &Origin { name, origin: Value::NONE, file: false, path: Some(&directories) })?;
                let modules = self.modules;
                modules.insert_str(self, key, module);
                Ok(module)
            }
            None if self.imports.stdlib.is_none() && names::NAMES.binary_search(&name).is_ok() => Err(self.module_not_found(
                &format!("No module named '{name}' (no standard library of Python 3.13 was found; --stdlib says where it is)"),
                name,
            )),
            None => Err(self.module_not_found(&format!("No module named '{name}'"), name)),
        }
    }

    fn find(&mut self, name: &str, path: Value) -> R<Option<Found>> {
        let native = crate::stdlib::native_module(name).map(Found::Native);
        if native.is_some() && names::BUILTIN.binary_search(&name).is_ok() {
            return Ok(native);
        }
        let last = name.rsplit('.').next().unwrap_or(name);
        let entries = match path.downcast::<List>() {
            Some(_) => path,
            None => {
                let items = self.collect(path)?;
                self.list_from_vec(items).value()
            }
        };
        let Some(entries) = entries.downcast::<List>() else { return Ok(native) };
        let mut portions = Vec::new();
        for entry in entries.items() {
            let Some(entry) = entry.downcast::<Str>() else { continue };
            let directory = PathBuf::from(absolute(&entry.to_string_lossy()));
            let package = directory.join(last);
            let init = package.join("__init__.py");
            if init.is_file() {
                return Ok(Some(Found::Source { file: init, package: Some(package) }));
            }
            let file = directory.join(format!("{last}.py"));
            if file.is_file() {
                return Ok(Some(Found::Source { file, package: None }));
            }
            if package.is_dir() {
                portions.push(package);
            }
        }
        Ok(if native.is_some() {
            native
        } else if portions.is_empty() {
            None
        } else {
            Some(Found::Portions(portions))
        })
    }

    fn load_native(&mut self, spec: &'static crate::native::ModuleSpec) -> R<Value> {
        let module = self.make_module(spec)?;
        let key = self.intern(spec.name);
        let origin = self.str_value("built-in");
        self.describe_module(module, &Origin { name: spec.name, origin, file: false, path: None })?;
        let modules = self.modules;
        modules.insert_str(self, key, module);
        Ok(module)
    }

    fn load_source(&mut self, name: &str, file: &Path, package: Option<&Path>) -> R<Value> {
        let source = std::fs::read(file).map_err(|e| self.os_error(&e))?;
        let file_text = file.to_string_lossy().into_owned();
        self.imports.sources.insert(file_text.clone());
        let key = self.intern(name);
        let module = self.new_module(key);
        let origin = self.str_value(&file_text);
        let directories = package.map(|p| [p.to_path_buf()]);
        let path = directories.as_ref().map(<[PathBuf; 1]>::as_slice);
        let spec = self.describe_module(module, &Origin { name, origin, file: true, path })?;
        let (modules, flag) = (self.modules, self.intern("_initializing"));
        self.set_attr(spec, flag, Value::TRUE)?;
        modules.insert_str(self, key, module);
        let globals = self.module_dict(module);
        let library = self.imports.stdlib.as_ref().is_some_and(|s| file.starts_with(s));
        self.imports.library_depth += usize::from(library);
        let result = match self.module_code(&source, &file_text) {
            Ok(code) => self.run_in(code, globals),
            Err(raised) => Err(raised),
        };
        let result = result.and_then(|_| if library { self.amend_module(name, module) } else { Ok(()) });
        self.imports.library_depth -= usize::from(library);
        if library && result.is_ok() {
            self.imports.library.push(module);
        }
        if let Err(Raised) = result {
            modules.remove_str(self, key);
            let exception = self.take_raised();
            let cleared = self.set_attr(spec, flag, Value::FALSE);
            let _ = self.reraise(exception);
            return cleared.and(Err(Raised));
        }
        self.set_attr(spec, flag, Value::FALSE)?;
        // The body may have put something else in its place.
        match modules.get_str(self, key) {
            Some(module) => Ok(module),
            None => Err(self.key_error(key.value())),
        }
    }

    /// Sets `__spec__`, `__package__`, `__file__` and `__path__`; returns the spec.
    fn describe_module(&mut self, module: Value, o: &Origin<'_>) -> R<Value> {
        let parent = if o.path.is_some() { o.name } else { o.name.rsplit_once('.').map_or("", |(p, _)| p) };
        let parent = self.str_value(parent);
        let path = match o.path {
            Some(directories) => {
                let list = self.new_list(&[]);
                for d in directories {
                    let d = self.str_value(&d.to_string_lossy());
                    list.push(self, d);
                }
                list.value()
            }
            None => Value::NONE,
        };
        let name = self.str_value(o.name);
        let cached = match o.origin.downcast::<Str>() {
            Some(file) if o.file => {
                let file = file.to_string_lossy().into_owned();
                let (directory, last) = file.rsplit_once('/').unwrap_or(("", &file));
                let stem = last.strip_suffix(".py").unwrap_or(last);
                self.str_value(&format!("{directory}/__pycache__/{stem}.cpython-313.pyc"))
            }
            _ => Value::NONE,
        };
        let spec = self.new_namespace(&[
            ("name", name),
            ("loader", Value::NONE),
            ("origin", o.origin),
            ("loader_state", Value::NONE),
            ("submodule_search_locations", path),
            ("has_location", Value::from_bool(o.file)),
            ("cached", cached),
            ("parent", parent),
        ]);
        let dict = self.module_dict(module);
        let fields = spec.downcast::<crate::object::namespace::Namespace>().and_then(|n| n.dict.get().downcast());
        let spec = match fields {
            Some(fields) if !self.imports.spec_class.is_null() => {
                let spec = self.real_spec(fields)?;
                let (loader, key) = (self.intern("loader"), self.names.loader);
                let loader = self.get_attr(spec, loader)?;
                dict.insert_str(self, key, loader);
                spec
            }
            _ => spec,
        };
        let (spec_key, package, file, path_key, builtins) =
            (self.names.spec, self.names.package, self.names.file, self.names.path, self.names.builtins);
        dict.insert_str(self, spec_key, spec);
        dict.insert_str(self, package, parent);
        if o.path.is_some() {
            dict.insert_str(self, path_key, path);
        }
        if o.file {
            dict.insert_str(self, file, o.origin);
            let key = self.intern("__cached__");
            dict.insert_str(self, key, cached);
            let own = self.builtins.value();
            dict.insert_str(self, builtins, own);
        }
        Ok(spec)
    }
}
