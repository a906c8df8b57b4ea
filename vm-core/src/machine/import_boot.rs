//! `importlib` when a program asks for it. Imports are done natively (`import_find.rs`) until something needs the Python side: a program
//! that imports `importlib`, or puts finders or hooks of its own in place. The standard library's `_bootstrap` modules are then run as
//! CPython's frozen ones, and the modules loaded so far get the loaders and specs that those define.

use super::{Machine, R, Raised};
use crate::native::{Args, Convention, MethodDef, ModuleSpec, TypeSpec};
use crate::object::dict::Dict;
use crate::object::header::{Gc, Header, Layout, LayoutId, Payload, layout_of};
use crate::object::list::List;
use crate::object::module::Module;
use crate::object::namespace::Namespace;
use crate::object::slots::Slots;
use crate::object::string::Str;
use crate::object::traceback::Traceback;
use crate::object::value::Value;
use std::path::Path;

/// Names of the finders that `sys.meta_path` holds at first, and the module each is defined in.
const FINDERS: [(&str, &str); 3] = [("BuiltinImporter", BOOTSTRAP), ("FrozenImporter", BOOTSTRAP), ("PathFinder", EXTERNAL)];
/// The modules' names, as CPython's frozen ones have them.
pub(crate) const BOOTSTRAP: &str = "_frozen_importlib";
pub(super) const EXTERNAL: &str = "_frozen_importlib_external";

/// What replaces methods of `_bootstrap_external`, behind its own text: nothing is cached beside the source.
const PATCHES: &str = "
def _get_code(self, fullname):
    path = self.get_filename(fullname)
    data = self.get_data(path)
    if type(self).source_to_code is _source_to_code:
        return _bootstrap._call_with_frames_removed(_files.code, data, path)
    return self.source_to_code(data, path)
_source_to_code = SourceLoader.source_to_code
SourceLoader.get_code = _get_code
def _get_data(self, path):
    return _files.read(path)
FileLoader.get_data = _get_data
_source_loader_exec_module = SourceLoader.exec_module
def _exec_module(self, module):
    _source_loader_exec_module(self, module)
    _files.amend(module.__name__, self.path, module)
SourceFileLoader.exec_module = _exec_module
_path_finder_find_spec = PathFinder.find_spec.__func__
def _find_spec(cls, fullname, path=None, target=None):
    spec = _path_finder_find_spec(cls, fullname, path, target)
    if (spec is None or spec.loader is None) and path is None and _files.is_native(fullname):
        return _bootstrap.spec_from_loader(fullname, _bootstrap.BuiltinImporter, origin='built-in')
    return spec
PathFinder.find_spec = classmethod(_find_spec)
";

/// Stands for one of the first finders until `importlib` is there.
#[repr(C)]
struct Finder {
    header: Header,
    index: usize,
}

// SAFETY: repr(C), header first; refers to nothing.
unsafe impl Payload for Finder {
    const LAYOUT: &'static Layout = &layout_of::<Finder>(LayoutId::Other);
    fn trace(&self, _: &mut crate::heap::Marker<'_>) {}
}

static FINDER: TypeSpec = TypeSpec {
    slots: Slots {
        repr: Some(|m, v| {
            let (name, module) = FINDERS[this(v).index];
            Ok(m.str_value(&format!("<class '{module}.{name}'>")))
        }),
        getattro: Some(|m, v, name| {
            let class = real_finder(m, this(v).index)?;
            m.get_attr(class, name)
        }),
        ..Slots::EMPTY
    },
    ..TypeSpec::new("type", Finder::LAYOUT)
};

fn this(v: Value) -> Gc<Finder> {
    // SAFETY: slots of a type are called with its instances only.
    unsafe { v.cast() }
}

fn real_finder(m: &mut Machine, index: usize) -> R<Value> {
    m.boot_importlib()?;
    Ok(m.imports.finders[index])
}

/// Files as the Python side of the import system sees them: source files and directories, whatever else the program may read.
static FILES: ModuleSpec = ModuleSpec {
    name: "_import_files",
    functions: &[
        MethodDef::new("stat", Convention::O, stat),
        MethodDef::new("listdir", Convention::O, list_directory),
        MethodDef::new("getcwd", Convention::NoArgs, |m, _, _| {
            let here = super::import_find::absolute("");
            Ok(m.str_value(&here))
        }),
        MethodDef::new("fspath", Convention::O, |m, _, args| {
            if args.pos()[0].downcast::<Str>().is_some() {
                return Ok(args.pos()[0]);
            }
            let name = m.names.fspath;
            m.call_method(args.pos()[0], name, &[])
        }),
        MethodDef::new("read", Convention::O, read),
        MethodDef::new("code", Convention::Fast, |m, _, args| {
            let args = args.between(m, "code", 2, 2)?;
            let path = path_of(m, args[1])?;
            let Some(source) = m.bytes_like(args[0]).map(<[u8]>::to_vec) else { return Err(m.type_error("a source is bytes")) };
            Ok(m.module_code(&source, &path)?.value())
        }),
        MethodDef::new("amend", Convention::Fast, |m, _, args| {
            let args = args.between(m, "amend", 3, 3)?;
            let (name, path) = (path_of(m, args[0])?, path_of(m, args[1])?);
            if m.imports.stdlib.as_ref().is_some_and(|s| Path::new(&path).starts_with(s)) {
                m.amend_module(&name, args[2])?;
            }
            Ok(Value::NONE)
        }),
        MethodDef::new("is_native", Convention::O, |_, _, args| {
            let name = args.pos()[0].downcast::<Str>().map_or(String::new(), |s| s.to_string_lossy().into_owned());
            Ok(Value::from_bool(crate::stdlib::native_module(&name).is_some()))
        }),
    ],
    init: None,
    doc: "",
};

fn path_of(m: &mut Machine, v: Value) -> R<String> {
    match v.downcast::<Str>() {
        Some(s) => Ok(s.to_string_lossy().into_owned()),
        None => match m.bytes_like(v) {
            Some(b) => Ok(String::from_utf8_lossy(b).into_owned()),
            None => Err(m.type_error("a path must be a string")),
        },
    }
}

fn stat(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let path = path_of(m, args.pos()[0])?;
    let meta = std::fs::metadata(&path).map_err(|e| m.os_error_number(e.raw_os_error().unwrap_or(2), args.pos()[0]))?;
    let time = meta.modified().ok().and_then(|t| t.duration_since(std::time::UNIX_EPOCH).ok()).unwrap_or_default();
    let mode = if meta.is_dir() { 0o040_755 } else { 0o100_644 };
    let (mtime, size) = (m.new_float(time.as_secs_f64()), m.int_from_u64(meta.len()));
    Ok(m.new_namespace(&[("st_mode", Value::small(mode)), ("st_mtime", mtime), ("st_size", size)]))
}

fn list_directory(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let path = path_of(m, args.pos()[0])?;
    let entries = std::fs::read_dir(&path).map_err(|e| m.os_error_number(e.raw_os_error().unwrap_or(2), args.pos()[0]))?;
    let list = m.new_list(&[]);
    for entry in entries.flatten() {
        let name = m.str_value(&entry.file_name().to_string_lossy());
        list.push(m, name);
    }
    Ok(list.value())
}

/// The contents of a source file, or of any file that the program may read.
fn read(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let path = path_of(m, args.pos()[0])?;
    if Path::new(&path).extension().is_some_and(|e| e == "py") || m.imports.is_loaded_source(&path) {
        let bytes = std::fs::read(&path).map_err(|e| m.os_error_number(e.raw_os_error().unwrap_or(2), args.pos()[0]))?;
        m.imports.sources.insert(path);
        return Ok(m.new_bytes(&bytes)?.value());
    }
    let (io, open, read, close) = (m.import_name("_io")?, m.intern("open_code"), m.intern("read"), m.names.close);
    let file = m.call_method(io, open, &[args.pos()[0]])?;
    let bytes = m.call_method(file, read, &[]);
    m.call_method(file, close, &[])?;
    bytes
}

impl Machine {
    /// Fills `sys.meta_path` with what stands for the first finders.
    pub(crate) fn install_finders(&mut self, meta_path: Gc<List>) {
        let ty = self.native_type(&FINDER);
        for index in 0..FINDERS.len() {
            let finder = self.new_object(Finder { header: Header::new(ty), index }).value();
            self.imports.placeholders[index] = finder;
            meta_path.push(self, finder);
        }
    }

    /// Whether the program has finders or hooks of its own in `sys`, so that importing is Python's business.
    pub(super) fn has_own_finders(&mut self) -> R<bool> {
        let meta_path = self.sys_attribute("meta_path")?;
        let plain = meta_path.downcast::<List>().is_some_and(|list| {
            let items = list.items();
            items.len() == FINDERS.len()
                && items.iter().enumerate().all(|(i, v)| v.is(self.imports.placeholders[i]) || v.is(self.imports.finders[i]))
        });
        if !plain {
            return Ok(true);
        }
        let hooks = self.sys_attribute("path_hooks")?;
        let hook = self.imports.hook;
        Ok(!hooks.downcast::<List>().is_some_and(|list| match list.items() {
            [] => hook.is_null(),
            [only] => only.is(hook),
            _ => false,
        }))
    }

    /// Makes `_frozen_importlib` and `_frozen_importlib_external`, once.
    pub(super) fn boot_importlib(&mut self) -> R<()> {
        if !self.imports.finders[0].is_null() {
            return Ok(());
        }
        let Some(library) = self.imports.stdlib.clone() else {
            return Err(self.import_error("importlib needs the standard library of Python 3.13; --stdlib says where it is"));
        };
        for name in ["_thread", "_warnings", "_weakref"] {
            self.import_name(name)?;
        }
        let (sys, imp, files) = (self.import_name("sys")?, self.import_name("_imp")?, self.make_module(&FILES)?);
        let bootstrap = self.run_frozen(&library.join("importlib/_bootstrap.py"), BOOTSTRAP, "<frozen importlib._bootstrap>", "")?;
        let name = self.intern("_setup");
        self.call_method(bootstrap, name, &[sys, imp])?;
        let external = self.run_external(&library, files)?;
        for (module, key, value) in
            [(external, "_files", files), (external, "_bootstrap", bootstrap), (bootstrap, "_bootstrap_external", external)]
        {
            let (dict, key) = (self.module_dict(module), self.intern(key));
            dict.insert_str(self, key, value);
        }
        for (i, (class, module)) in FINDERS.into_iter().enumerate() {
            let (module, class) = (if module == BOOTSTRAP { bootstrap } else { external }, self.intern(class));
            self.imports.finders[i] = self.get_attr(module, class)?;
        }
        self.replace_placeholders()?;
        self.add_path_hook(external)?;
        let (spec, loader) = (self.intern("ModuleSpec"), self.intern("SourceFileLoader"));
        self.imports.spec_class = self.get_attr(bootstrap, spec)?;
        self.imports.loader_class = self.get_attr(external, loader)?;
        self.describe_loaded_modules()
    }

    /// Puts the real finders where the placeholders are.
    fn replace_placeholders(&mut self) -> R<()> {
        let meta_path = self.sys_attribute("meta_path")?;
        if let Some(list) = meta_path.downcast::<List>() {
            for i in 0..list.len() {
                if let Some(at) = self.imports.placeholders.iter().position(|p| list.get(i).is_some_and(|v| v.is(*p))) {
                    list.set(i, self.imports.finders[at]);
                }
            }
        }
        Ok(())
    }

    fn add_path_hook(&mut self, external: Value) -> R<()> {
        let (loaders, finder, hook) = (self.intern("_get_supported_file_loaders"), self.intern("FileFinder"), self.intern("path_hook"));
        let loaders = self.call_method(external, loaders, &[])?;
        let loaders = self.collect(loaders)?;
        let finder = self.get_attr(external, finder)?;
        let hook = self.call_method(finder, hook, &loaders)?;
        self.imports.hook = hook;
        let hooks = self.sys_attribute("path_hooks")?;
        if let Some(list) = hooks.downcast::<List>() {
            list.push(self, hook);
        }
        Ok(())
    }

    /// Runs a file of the standard library, and what is appended to it, as a module of another name.
    fn run_frozen(&mut self, file: &Path, name: &str, filename: &str, appended: &str) -> R<Value> {
        let mut source = std::fs::read(file).map_err(|e| self.os_error(&e))?;
        source.extend_from_slice(appended.as_bytes());
        let key = self.intern(name);
        let module = self.new_module(key);
        let (modules, dict) = (self.modules, self.module_dict(module));
        modules.insert_str(self, key, module);
        let (builtins, own) = (self.names.builtins, self.builtins.value());
        dict.insert_str(self, builtins, own);
        let code = self.module_code(&source, filename)?;
        match self.run_in(code, dict) {
            Ok(_) => Ok(module),
            Err(Raised) => {
                modules.remove_str(self, key);
                Err(Raised)
            }
        }
    }

    /// `_bootstrap_external` takes its `posix` for the real one; it gets files that may always be looked at. `_io` and `marshal` are
    /// used by what is never called here, so that they may be missing.
    fn run_external(&mut self, library: &Path, files: Value) -> R<Value> {
        let modules = self.modules;
        // Nothing else refers to a hidden module: the list is the collector's to see.
        let hidden = self.new_list(&[]);
        for name in ["posix", "_io", "marshal"] {
            let key = self.intern(name);
            let known = modules.get_str(self, key);
            if name == "posix" || known.is_none() && crate::stdlib::native_module(name).is_none() {
                modules.insert_str(self, key, files);
                hidden.push(self, key.value());
                hidden.push(self, known.unwrap_or(Value::NULL));
            }
        }
        let external =
            self.run_frozen(&library.join("importlib/_bootstrap_external.py"), EXTERNAL, "<frozen importlib._bootstrap_external>", PATCHES);
        for i in (0..hidden.len()).step_by(2) {
            let (Some(key), known) = (hidden.get(i).and_then(|k| k.downcast::<Str>()), hidden.get(i + 1)) else { continue };
            match known.and_then(Value::non_null) {
                Some(module) => modules.insert_str(self, key, module),
                None => {
                    modules.remove_str(self, key);
                }
            }
        }
        external
    }

    /// Gives the modules loaded so far specs and loaders of `importlib`'s classes.
    fn describe_loaded_modules(&mut self) -> R<()> {
        let modules = self.modules;
        let mut at = 0;
        while let Some((i, entry)) = modules.next_entry(at) {
            at = i + 1;
            let Some(dict) = entry.value.downcast::<Module>().and_then(Gc::<Module>::namespace) else { continue };
            let key = self.names.spec;
            if let Some(old) = dict.get_str(self, key)
                && let Some(fields) = old.downcast::<Namespace>().and_then(|n| n.dict.get().downcast::<Dict>())
            {
                let spec = self.real_spec(fields)?;
                dict.insert_str(self, key, spec);
                let (loader, name) = (self.intern("loader"), self.names.loader);
                let loader = self.get_attr(spec, loader)?;
                dict.insert_str(self, name, loader);
            }
        }
        Ok(())
    }

    /// An `importlib` spec with the values of a native one.
    pub(super) fn real_spec(&mut self, fields: Gc<Dict>) -> R<Value> {
        let field = |m: &mut Machine, name: &str| {
            let name = m.intern(name);
            fields.get_str(m, name).unwrap_or(Value::NONE)
        };
        let (name, origin, path) = (field(self, "name"), field(self, "origin"), field(self, "submodule_search_locations"));
        let (cached, in_file) = (field(self, "cached"), field(self, "has_location"));
        let loader = if in_file == Value::TRUE {
            let class = self.imports.loader_class;
            self.call(class, &[name, origin])?
        } else if path.is_none() {
            self.imports.finders[0]
        } else {
            Value::NONE
        };
        let class = self.imports.spec_class;
        let spec = self.call(class, &[name, loader])?;
        let initializing = field(self, "_initializing");
        for (key, value) in [
            ("origin", origin),
            ("submodule_search_locations", path),
            ("_set_fileattr", in_file),
            ("_cached", cached),
            ("_initializing", if initializing.is_none() { Value::FALSE } else { initializing }),
        ] {
            let key = self.intern(key);
            self.set_attr(spec, key, value)?;
        }
        Ok(spec)
    }

    /// Finds and loads a module the way the program's own finders want it.
    pub(super) fn load_by_finders(&mut self, name: &str) -> R<Value> {
        self.boot_importlib()?;
        let key = self.intern(BOOTSTRAP);
        let modules = self.modules;
        let Some(bootstrap) = modules.get_str(self, key) else {
            return Err(self.import_error("importlib is gone"));
        };
        let (import, key) = (self.intern("_gcd_import"), self.intern("_find_and_load"));
        let import = self.get_attr(bootstrap, import)?;
        let name = self.str_value(name);
        let result = self.call_method(bootstrap, key, &[name, import]);
        if result.is_err() {
            self.strip_import_frames();
        }
        result
    }

    /// Takes the frames of the import system out of the pending exception's traceback, as CPython does: all of them from an
    /// `ImportError`, else those that end in `_call_with_frames_removed`.
    fn strip_import_frames(&mut self) {
        let exception = self.pending();
        let always = self.pending_is(self.exceptions.import_error);
        let mut kept: Vec<Gc<Traceback>> = Vec::new();
        let mut chunk: Vec<Gc<Traceback>> = Vec::new();
        let mut entry = self.traceback_of(exception).downcast::<Traceback>();
        while let Some(t) = entry {
            let file = t.frame.code.filename.to_string_lossy().into_owned();
            if file == "<frozen importlib._bootstrap>" || file == "<frozen importlib._bootstrap_external>" {
                chunk.push(t);
                if always || t.frame.code.name.bytes() == b"_call_with_frames_removed" {
                    chunk.clear();
                }
            } else {
                kept.append(&mut chunk);
                kept.push(t);
            }
            entry = t.next_entry();
        }
        kept.append(&mut chunk);
        for pair in kept.windows(2) {
            pair[0].next.set(pair[1].value());
        }
        if let Some(last) = kept.last() {
            last.next.set(Value::NULL);
        }
        let first = kept.first().map_or(Value::NONE, |t| t.value());
        self.set_traceback(exception, first);
    }
}
