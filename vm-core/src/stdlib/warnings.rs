//! `_warnings`: filters and the registry of what was shown; how a warning is shown is `warnings`' business, if it can be imported.

use crate::machine::{Machine, R};
use crate::native::{Args, BindSpec, Convention, MethodDef, ModuleSpec};
use crate::object::dict::Dict;
use crate::object::frame_object::FrameObject;
use crate::object::header::Gc;
use crate::object::list::List;
use crate::object::string::Str;
use crate::object::tuple::Tuple;
use crate::object::typeobj::Type;
use crate::object::value::Value;

/// `_warnings`.
pub(super) static SPEC: ModuleSpec = ModuleSpec {
    name: "_warnings",
    functions: &[
        MethodDef::new("warn", Convention::FastKeywords, warn),
        MethodDef::new("warn_explicit", Convention::FastKeywords, warn_explicit),
        MethodDef::new("_filters_mutated", Convention::NoArgs, |m, _, _| {
            m.lib.filters_version += 1;
            Ok(Value::NONE)
        }),
    ],
    init: Some(|m, dict| {
        prepare(m);
        for (name, v) in ["filters", "_onceregistry", "_defaultaction"].into_iter().zip(m.lib.warnings) {
            let name = m.intern(name);
            dict.insert_str(m, name, v);
        }
        Ok(())
    }),
    doc: "_warnings provides basic warning filtering support.\nIt is a helper module to speed up interpreter start-up.",
};

const FILTERS: usize = 0;
const ONCE: usize = 1;
const DEFAULT: usize = 2;

/// Makes the initial filters.
fn prepare(m: &mut Machine) {
    if !m.lib.warnings[FILTERS].is_null() {
        return;
    }
    let e = &m.exceptions;
    let rows = [
        (e.deprecation_warning, "default", true),
        (e.deprecation_warning, "ignore", false),
        (e.pending_deprecation_warning, "ignore", false),
        (e.import_warning, "ignore", false),
        (e.resource_warning, "ignore", false),
    ];
    let filters = m.new_list(&[]);
    for (class, action, in_main) in rows {
        let action = m.intern(action).value();
        let module = if in_main { m.names.main.value() } else { Value::NONE };
        let row = m.new_tuple(&[action, Value::NONE, class.value(), module, Value::small(0)]).value();
        filters.push(m, row);
    }
    let default = m.intern("default").value();
    m.lib.warnings = [filters.value(), m.new_dict().value(), default];
}

/// An attribute of `warnings`, if that was imported.
fn attribute(m: &mut Machine, name: &str) -> R<Option<Value>> {
    let key = m.intern("warnings");
    let modules = m.modules;
    let Some(module) = modules.get_str(m, key) else { return Ok(None) };
    let name = m.intern(name);
    m.get_attr_opt(module, name)
}

/// A setting that `warnings` may have replaced.
fn setting(m: &mut Machine, index: usize, name: &str) -> R<Value> {
    prepare(m);
    if let Some(v) = attribute(m, name)? {
        m.lib.warnings[index] = v;
    }
    Ok(m.lib.warnings[index])
}

/// Whether a filter's pattern (None, a text, or a compiled regular expression) fits.
fn matches(m: &mut Machine, pattern: Value, text: Value) -> R<bool> {
    if pattern.is_none() {
        return Ok(true);
    }
    if m.is_exact_str(pattern) {
        return m.equal(pattern, text);
    }
    let name = m.intern("match");
    let found = m.call_method(pattern, name, &[text])?;
    m.truthy(found)
}

/// What is to be done with a warning, and the filter that says so.
fn action_for(m: &mut Machine, category: Value, text: Value, line: i64, module: Value) -> R<(String, Value)> {
    let filters = setting(m, FILTERS, "filters")?;
    let Some(filters) = filters.downcast::<List>() else {
        return Err(m.value_error("_warnings.filters must be a list"));
    };
    let mut i = 0;
    while let Some(item) = filters.get(i) {
        let Some(&[action, message, class, in_module, at]) = item.downcast::<Tuple>().map(Gc::<Tuple>::slice) else {
            return Err(m.value_error(&format!("_warnings.filters item {i} isn't a 5-tuple")));
        };
        i += 1;
        let Some(action) = action.downcast::<Str>() else {
            let got = m.type_name(action);
            return Err(m.type_error(&format!("action must be a string, not '{got}'")));
        };
        let fits = matches(m, message, text)? & matches(m, in_module, module)?;
        let fits = fits & m.is_subclass(category, class)?;
        let at = m.index_i64(at)?;
        if fits && (at == 0 || at == line) {
            return Ok((action.to_string_lossy().into_owned(), item));
        }
    }
    let default = setting(m, DEFAULT, "defaultaction")?;
    match default.downcast::<Str>() {
        Some(s) => Ok((s.to_string_lossy().into_owned(), Value::NONE)),
        None => {
            let got = m.type_name(default);
            Err(m.type_error(&format!("_warnings.defaultaction must be a string, not '{got}'")))
        }
    }
}

/// Whether the registry knows a warning; it is noted if `note`.
fn already(m: &mut Machine, registry: Gc<Dict>, key: Value, note: bool) -> R<bool> {
    let version = m.intern("version");
    let current = Value::small(m.lib.filters_version);
    if registry.get_str(m, version) != Some(current) {
        registry.clear(m);
        registry.insert_str(m, version, current);
    } else if let Some(known) = registry.get(m, key)?
        && m.truthy(known)?
    {
        return Ok(true);
    }
    if note {
        registry.insert(m, key, Value::TRUE)?;
    }
    Ok(false)
}

/// A warning and where it is to be placed.
#[derive(Clone, Copy)]
struct Warning {
    message: Value,
    category: Value,
    filename: Value,
    line: i64,
    /// `NULL`: made from the file name.
    module: Value,
    /// A dict or `None`.
    registry: Value,
    source: Value,
}

fn issue(m: &mut Machine, w: Warning) -> R<()> {
    if w.module.is_none() {
        return Ok(());
    }
    let registry = w.registry.downcast::<Dict>();
    if registry.is_none() && !w.registry.is_none() && !w.registry.is_null() {
        return Err(m.type_error("'registry' must be a dict or None"));
    }
    let module = if w.module.is_null() { module_of(m, w.filename) } else { w.module };
    let base = m.exceptions.warning.value();
    let (text, category, message) = if m.is_instance(w.message, base)? {
        (m.to_str(w.message)?.value(), m.type_of(w.message).value(), w.message)
    } else {
        (w.message, w.category, m.call(w.category, &[w.message])?)
    };
    let line = Value::small(w.line);
    let key = m.new_tuple(&[text, category, line]).value();
    if let Some(registry) = registry
        && already(m, registry, key, false)?
    {
        return Ok(());
    }
    let (action, item) = action_for(m, category, text, w.line, module)?;
    match action.as_str() {
        "error" => return Err(m.raise(message)),
        "ignore" => return Ok(()),
        "always" => {}
        _ => {
            if let Some(registry) = registry {
                registry.insert(m, key, Value::TRUE)?;
            }
            let seen = match action.as_str() {
                "once" => {
                    let known = match registry {
                        Some(registry) => Some(registry),
                        None => setting(m, ONCE, "onceregistry")?.downcast::<Dict>(),
                    };
                    let Some(known) = known else {
                        return Err(m.type_error("_warnings.onceregistry must be a dict"));
                    };
                    let key = m.new_tuple(&[text, category]).value();
                    already(m, known, key, true)?
                }
                "module" => match registry {
                    Some(registry) => {
                        let key = m.new_tuple(&[text, category]).value();
                        already(m, registry, key, true)?
                    }
                    None => false,
                },
                "default" => false,
                _ => {
                    let (action, item) = (m.str_value(&action), m.repr(item)?.to_string_lossy().into_owned());
                    let action = m.repr(action)?.to_string_lossy().into_owned();
                    return Err(m.runtime_error(&format!("Unrecognized action ({action}) in warnings.filters:\n {item}")));
                }
            };
            if seen {
                return Ok(());
            }
        }
    }
    show(m, Warning { message, category, ..w }, text)
}

fn module_of(m: &mut Machine, filename: Value) -> Value {
    let text = filename.downcast::<Str>().map_or(String::new(), |s| s.to_string_lossy().into_owned());
    if text.is_empty() {
        return m.str_value("<unknown>");
    }
    m.str_value(text.strip_suffix(".py").unwrap_or(&text))
}

fn show(m: &mut Machine, w: Warning, text: Value) -> R<()> {
    let imported = m.import_name("warnings");
    let class = m.exceptions.import_error;
    m.catch(imported, class)?;
    if let Some(show) = attribute(m, "_showwarnmsg")? {
        if m.type_of(show).slot(|s| s.call).is_none() {
            return Err(m.type_error("warnings._showwarnmsg() must be set to a callable"));
        }
        let Some(class) = attribute(m, "WarningMessage")? else {
            return Err(m.runtime_error("unable to get warnings.WarningMessage"));
        };
        let source = w.source.non_null().unwrap_or(Value::NONE);
        let shown = m.call(class, &[w.message, w.category, w.filename, Value::small(w.line), Value::NONE, Value::NONE, source])?;
        m.call(show, &[shown])?;
        return Ok(());
    }
    let name = w.category.downcast::<Type>().map_or(String::new(), |t| t.name_str().to_owned());
    let (file, text) = (m.to_str(w.filename)?.to_string_lossy().into_owned(), m.to_str(text)?.to_string_lossy().into_owned());
    let mut out = format!("{file}:{}: {name}: {text}\n", w.line);
    if let Some(line) = source_line(m, &w)? {
        out.push_str(&format!("  {}\n", line.trim()));
    }
    m.write_stderr(&out);
    Ok(())
}

/// The line of source that a warning is about, if it is of this program.
fn source_line(m: &mut Machine, w: &Warning) -> R<Option<String>> {
    let file = m.to_str(w.filename)?.to_string_lossy().into_owned();
    if !m.imports.is_loaded_source(&file) {
        return Ok(None);
    }
    let source = std::fs::read_to_string(&file).unwrap_or_default();
    Ok(usize::try_from(w.line - 1).ok().and_then(|n| source.lines().nth(n)).map(str::to_owned))
}

fn category_of(m: &mut Machine, message: Value, category: Value) -> R<Value> {
    let base = m.exceptions.warning;
    if m.is_instance(message, base.value())? {
        return Ok(m.type_of(message).value());
    }
    if category.is_null() || category.is_none() {
        return Ok(m.exceptions.user_warning.value());
    }
    if category.downcast::<Type>().is_none_or(|t| !t.is_subtype_of(base)) {
        let got = m.type_name(category);
        return Err(m.type_error(&format!("category must be a Warning subclass, not '{got}'")));
    }
    Ok(category)
}

/// Whether a frame is one of the import system's own.
fn is_internal(file: &str) -> bool {
    file.contains("importlib") && file.contains("_bootstrap")
}

/// The frame a warning is about.
fn frame_for(m: &mut Machine, level: i64, skip: &[String]) -> Option<Gc<FrameObject>> {
    let mut depth = 0;
    let mut frame = m.frame_at_depth(0)?;
    let file = |f: Gc<FrameObject>| f.code.filename.to_string_lossy().into_owned();
    let plain = level <= 0 || is_internal(&file(frame));
    for _ in 1..level {
        loop {
            depth += 1;
            frame = m.frame_at_depth(depth)?;
            let name = file(frame);
            if plain || !is_internal(&name) && !skip.iter().any(|s| name.starts_with(s)) {
                break;
            }
        }
    }
    Some(frame)
}

fn warn(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let names = ["message", "category", "stacklevel", "source", "skip_file_prefixes"];
    let spec = BindSpec { positional_only: 0, required: 1, max_positional: 4 };
    let [message, category, level, source, prefixes] = args.bind(m, "warn", names, spec)?;
    let mut level = if level.is_null() { 1 } else { m.index_argument(level)? };
    let mut skip = Vec::new();
    if !prefixes.is_null() {
        let Some(prefixes) = prefixes.downcast::<Tuple>() else {
            let got = m.type_name(prefixes);
            return Err(m.type_error(&format!("warn() argument 'skip_file_prefixes' must be tuple, not {got}")));
        };
        for &p in prefixes.slice() {
            match p.downcast::<Str>() {
                Some(s) => skip.push(s.to_string_lossy().into_owned()),
                None => {
                    let shown = m.to_str(p)?.to_string_lossy().into_owned();
                    return Err(m.type_error(&format!("Found non-str '{shown}' in skip_file_prefixes.")));
                }
            }
        }
        if !skip.is_empty() {
            level = level.max(2);
        }
    }
    let category = category_of(m, message, category)?;
    warn_at(m, message, category, level, source, &skip)?;
    Ok(Value::NONE)
}

fn warn_at(m: &mut Machine, message: Value, category: Value, level: i64, source: Value, skip: &[String]) -> R<()> {
    let (globals, filename, line) = match frame_for(m, level, skip) {
        Some(frame) => (frame.globals(), frame.code.filename.value(), frame.line_number().unwrap_or(0)),
        None => {
            let (key, modules) = (m.intern("sys"), m.modules);
            let sys = modules.get_str(m, key).unwrap_or(Value::NONE);
            (m.module_dict(sys), m.str_value("<sys>"), 0)
        }
    };
    let key = m.intern("__warningregistry__");
    let registry = match globals.get_str(m, key) {
        Some(registry) => registry,
        None => {
            let made = m.new_dict().value();
            globals.insert_str(m, key, made);
            made
        }
    };
    let name = m.names.name;
    let module = match globals.get_str(m, name) {
        Some(v) if v.is_none() || v.downcast::<Str>().is_some() => v,
        _ => m.str_value("<string>"),
    };
    issue(m, Warning { message, category, filename, line, module, registry, source })
}

impl Machine {
    /// Warns from native code; `level` 1 is the running Python function. The warning may be turned into an exception.
    pub fn warn(&mut self, category: Gc<Type>, text: &str, level: i64) -> R<()> {
        let text = self.str_value(text);
        warn_at(self, text, category.value(), level, Value::NONE, &[])
    }
}

impl Machine {
    /// Warns of a line of source text, without a registry of what was shown.
    pub(crate) fn warn_at_line(&mut self, category: Gc<Type>, text: &str, filename: &str, line: i64) -> R<()> {
        let (message, filename) = (self.str_value(text), self.str_value(filename));
        let category = category.value();
        issue(self, Warning { message, category, filename, line, module: Value::NULL, registry: Value::NONE, source: Value::NULL })
    }
}

fn warn_explicit(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let names = ["message", "category", "filename", "lineno", "module", "registry", "module_globals", "source"];
    let spec = BindSpec { positional_only: 0, required: 4, max_positional: 8 };
    let [message, category, filename, line, module, registry, globals, source] = args.bind(m, "warn_explicit", names, spec)?;
    if filename.downcast::<Str>().is_none() {
        let got = m.type_name(filename);
        return Err(m.type_error(&format!("warn_explicit() argument 'filename' must be str, not {got}")));
    }
    if !globals.is_null() && !globals.is_none() && globals.downcast::<Dict>().is_none() {
        let got = m.type_name(globals);
        return Err(m.type_error(&format!("module_globals must be a dict, not '{got}'")));
    }
    let line = m.index_argument(line)?;
    let registry = registry.non_null().unwrap_or(Value::NONE);
    issue(m, Warning { message, category, filename, line, module, registry, source })?;
    Ok(Value::NONE)
}
