//! `compile`, `exec`, `eval`, `__import__` and `open`.

use crate::code::CodeFlags;
use crate::compile::ast_build::BuildError;
use crate::compile::{CompileOptions, Mode};
use crate::machine::import::ImportRequest;
use crate::machine::{Machine, R};
use crate::native::{Args, BindSpec, Convention, MethodDef};
use crate::object::code::Code;
use crate::object::dict::Dict;
use crate::object::function::CellObj;
use crate::object::header::Gc;
use crate::object::module::Module;
use crate::object::string::Str;
use crate::object::tuple::Tuple;
use crate::object::value::Value;

const FUTURE_MASK: u32 = 0x01fe_0000;
const COMPILE_MASK: u32 = FUTURE_MASK | 0x0000_ff00 | 0x10;
const ONLY_AST: u32 = 0x0400;
const DONT_IMPLY_DEDENT: u32 = 0x0200;
const ALLOW_INCOMPLETE_INPUT: u32 = 0x4000;
const ALLOW_TOP_LEVEL_AWAIT: u32 = 0x2000;
const OPTIMIZED_AST: u32 = 0x8000;

fn import(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let spec = BindSpec { positional_only: 0, required: 1, max_positional: 5 };
    let [name, globals, _, from_list, level] = args.bind(m, "__import__", ["name", "globals", "locals", "fromlist", "level"], spec)?;
    let Some(name) = name.downcast::<Str>() else {
        return Err(m.type_error("module name must be a string"));
    };
    let level = if level.is_null() { 0 } else { m.index_argument(level)? };
    let name = m.intern_str(name);
    m.import(ImportRequest { name, globals, from_list, level })
}

/// The text of a program given as `str`, bytes or a buffer; `None` for anything else.
fn text_of(m: &mut Machine, v: Value) -> R<Option<Vec<u8>>> {
    let text = match v.downcast::<Str>() {
        Some(s) => {
            if s.to_str().is_none() {
                let encode = m.intern("encode");
                m.call_method(v, encode, &[])?;
            }
            s.bytes().to_vec()
        }
        None => match m.bytes_like(v) {
            Some(bytes) => bytes.to_vec(),
            None => return Ok(None),
        },
    };
    if text.contains(&0) {
        let class = m.exceptions.syntax_error;
        return Err(m.raise_message(class, "source code string cannot contain null bytes"));
    }
    Ok(Some(text))
}

/// The future features of the calling code.
fn inherited_flags(m: &Machine) -> u32 {
    m.running_code().map_or(0, |code| code.flags & FUTURE_MASK & CodeFlags::FUTURE_ANNOTATIONS)
}

fn compile(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let names = ["source", "filename", "mode", "flags", "dont_inherit", "optimize", "_feature_version"];
    let [source, filename, mode, flags, dont_inherit, optimize, _] =
        args.bind(m, "compile", names, BindSpec { positional_only: 0, required: 3, max_positional: 6 })?;
    let filename = match filename.downcast::<Str>() {
        Some(s) => s.to_string_lossy().into_owned(),
        None => match m.bytes_like(filename) {
            Some(bytes) => String::from_utf8_lossy(bytes).into_owned(),
            None => {
                let got = m.type_name(filename);
                return Err(m.type_error(&format!("expected str, bytes or os.PathLike object, not {got}")));
            }
        },
    };
    let Some(mode) = mode.downcast::<Str>() else {
        return Err(m.bad_argument("compile", "argument 'mode'", "str", mode));
    };
    let mut number = |v: Value, default: i64| if v.is_null() { Ok(default) } else { m.index_argument(v) };
    let (flags, optimize) = (number(flags, 0)?, number(optimize, -1)?);
    let flags = u32::try_from(flags).unwrap_or(u32::MAX);
    if flags & !COMPILE_MASK != 0 {
        return Err(m.value_error("compile(): unrecognised flags"));
    }
    if !(-1..=2).contains(&optimize) {
        return Err(m.value_error("compile(): invalid optimize value"));
    }
    let inherit = dont_inherit.is_null() || !m.truthy(dont_inherit)?;
    let mode_name = mode.to_string_lossy().into_owned();
    let mode = match mode_name.as_str() {
        "exec" => Mode::Exec,
        "eval" => Mode::Eval,
        "single" => Mode::Single,
        "func_type" if flags & ONLY_AST == 0 => return Err(m.value_error("compile() mode 'func_type' requires flag PyCF_ONLY_AST")),
        _ if flags & ONLY_AST != 0 => return Err(m.value_error("compile() mode must be 'exec', 'eval', 'single' or 'func_type'")),
        _ => return Err(m.value_error("compile() mode must be 'exec', 'eval' or 'single'")),
    };
    let inherited = if inherit { inherited_flags(m) } else { 0 };
    let future_flags = flags & CodeFlags::FUTURE_ANNOTATIONS | inherited;
    let optimize = u8::try_from(optimize).unwrap_or(0);
    let options = CompileOptions { mode, future_flags, optimize, top_level_await: flags & ALLOW_TOP_LEVEL_AWAIT != 0 };
    if m.is_syntax_tree(source) {
        return compile_object(m, source, &filename, options, flags);
    }
    let Some(text) = text_of(m, source)? else {
        return Err(m.type_error("compile() arg 1 must be a string, bytes or AST object"));
    };
    if flags & ALLOW_INCOMPLETE_INPUT != 0
        && let Some(error) = crate::compile::incomplete(&text, &filename, mode, flags & DONT_IMPLY_DEDENT != 0)
    {
        return Err(m.raise_syntax_error(&error));
    }
    if flags & ONLY_AST != 0 {
        let folded = (flags & OPTIMIZED_AST != 0).then_some(options);
        let tree = crate::compile::parse_with(&text, &filename, mode, folded).map_err(|e| m.raise_syntax_error(&e))?;
        return m.tree_object(&tree);
    }
    let code = m.compile_text(&text, &filename, options)?;
    Ok(m.new_code(&code)?.value())
}

/// `compile()` of an `ast` object.
fn compile_object(m: &mut Machine, source: Value, filename: &str, options: CompileOptions, flags: u32) -> R<Value> {
    let Some(tree) = crate::stdlib::ast::tree_of(m, source)? else { return Ok(Value::NONE) };
    let wanted = match options.mode {
        Mode::Exec => "Module",
        Mode::Eval => "Expression",
        Mode::Single => "Interactive",
    };
    if let crate::compile::ast_tree::Tree::Node(name, ..) = &tree
        && *name != wanted
    {
        return Err(m.type_error(&format!("expected {wanted} node, got {name}")));
    }
    if flags & ONLY_AST != 0 {
        return Ok(source);
    }
    match crate::compile::compile_tree(&tree, filename, options) {
        Ok(Ok(code)) => Ok(m.new_code(&code)?.value()),
        Ok(Err(BuildError::Value(text))) => Err(m.value_error(&text)),
        Ok(Err(BuildError::Type(text))) => Err(m.type_error(&text)),
        Err(error) => Err(m.raise_syntax_error(&error)),
    }
}

/// Which of the two functions: their messages differ.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Runner {
    Exec,
    Eval,
}

fn is_mapping(m: &Machine, v: Value) -> bool {
    m.type_of(v).slot(|s| s.getitem).is_some()
}

/// The two namespaces, defaults filled in.
fn namespaces(m: &mut Machine, runner: Runner, globals: Value, locals: Value) -> R<(Gc<Dict>, Value)> {
    let none = |v: Value| v.is_null() || v.is_none();
    let exec = runner == Runner::Exec;
    if exec {
        if !none(globals) && globals.downcast::<Dict>().is_none() {
            let got = m.type_name(globals);
            return Err(m.type_error(&format!("exec() globals must be a dict, not {got}")));
        }
        if !none(locals) && !is_mapping(m, locals) {
            let got = m.type_name(locals);
            return Err(m.type_error(&format!("locals must be a mapping or None, not {got}")));
        }
    } else {
        if !none(locals) && !is_mapping(m, locals) {
            return Err(m.type_error("locals must be a mapping"));
        }
        if !none(globals) && globals.downcast::<Dict>().is_none() {
            let text =
                if is_mapping(m, globals) { "globals must be a real dict; try eval(expr, {}, mapping)" } else { "globals must be a dict" };
            return Err(m.type_error(text));
        }
    }
    let locals = match (none(globals), none(locals)) {
        (_, false) => locals,
        (false, true) => globals,
        (true, true) => m.current_locals()?,
    };
    let globals = if none(globals) { m.current_globals()? } else { globals };
    let Some(dict) = globals.downcast::<Dict>() else {
        return Err(m.system_error("globals are not a dict"));
    };
    Ok((dict, locals))
}

fn run(m: &mut Machine, runner: Runner, source: Value, (globals, locals): (Gc<Dict>, Value), closure: Value) -> R<Value> {
    let key = m.names.builtins;
    let builtins = match globals.get_str(m, key) {
        Some(v) => v.downcast::<Dict>().or_else(|| v.downcast::<Module>().and_then(Gc::<Module>::namespace)),
        None => {
            let own = match m.running_builtins() {
                Some(dict) => dict,
                None => m.builtins,
            };
            let shown = if own == m.builtins { m.builtins_module() } else { own.value() };
            globals.insert_str(m, key, shown);
            Some(own)
        }
    };
    let builtins = builtins.unwrap_or(m.builtins);
    let name = if runner == Runner::Exec { "exec" } else { "eval" };
    let code = match source.downcast::<Code>() {
        Some(code) => code,
        None => {
            if !closure.is_null() && !closure.is_none() {
                return Err(m.type_error("closure can only be used when source is a code object"));
            }
            let Some(text) = text_of(m, source)? else {
                return Err(m.type_error(&format!("{name}() arg 1 must be a string, bytes or code object")));
            };
            let text = if runner == Runner::Eval {
                let start = text.iter().position(|b| !matches!(b, b' ' | b'\t')).unwrap_or(text.len());
                &text[start..]
            } else {
                &text[..]
            };
            let mode = if runner == Runner::Exec { Mode::Exec } else { Mode::Eval };
            let options = CompileOptions { mode, future_flags: inherited_flags(m), ..CompileOptions::default() };
            let compiled = m.compile_text(text, "<string>", options)?;
            m.new_code(&compiled)?
        }
    };
    let free = code.kinds().iter().filter(|&&k| k & crate::code::LocalKind::FREE != 0).count();
    let cells = if closure.is_null() || closure.is_none() { None } else { Some(closure) };
    match cells {
        None if free > 0 && source.is(code.value()) => {
            return Err(m.type_error(&if runner == Runner::Exec {
                format!("code object requires a closure of exactly length {free}")
            } else {
                format!("code object passed to {name}() may not contain free variables")
            }));
        }
        Some(_) if free == 0 => return Err(m.type_error("cannot use a closure with this code object")),
        Some(v) => {
            let fits =
                v.downcast::<Tuple>().is_some_and(|t| t.len() == free && t.slice().iter().all(|c| c.downcast::<CellObj>().is_some()));
            if !fits {
                return Err(m.type_error(&format!("code object requires a closure of exactly length {free}")));
            }
        }
        None => {}
    }
    let func = m.make_function(code, globals, builtins);
    if let Some(cells) = cells {
        func.closure.set(cells);
    }
    m.run_body(func, locals)
}

fn exec(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let spec = BindSpec { positional_only: 1, required: 1, max_positional: 3 };
    let [source, globals, locals, closure] = args.bind(m, "exec", ["", "globals", "locals", "closure"], spec)?;
    let spaces = namespaces(m, Runner::Exec, globals, locals)?;
    run(m, Runner::Exec, source, spaces, closure)?;
    Ok(Value::NONE)
}

fn eval(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let spec = BindSpec { positional_only: 1, required: 1, max_positional: 3 };
    let [source, globals, locals] = args.bind(m, "eval", ["", "globals", "locals"], spec)?;
    let spaces = namespaces(m, Runner::Eval, globals, locals)?;
    run(m, Runner::Eval, source, spaces, Value::NULL)
}

fn open(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let names = ["file", "mode", "buffering", "encoding", "errors", "newline", "closefd", "opener"];
    let [file, ..] = args.bind(m, "open", names, BindSpec { positional_only: 0, required: 1, max_positional: 8 })?;
    let path = m.names.fspath;
    if file.downcast::<Str>().is_none()
        && m.bytes_like(file).is_none()
        && !m.is_int_instance(file)
        && m.lookup_special(file, path)?.is_none()
    {
        let got = m.type_name(file);
        return Err(m.type_error(&format!("expected str, bytes or os.PathLike object, not {got}")));
    }
    Err(m.permission_error("file access is off"))
}

fn breakpoint(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let hook = m.sys_attribute("breakpointhook")?;
    if hook.is_none() {
        return Err(m.runtime_error("lost sys.breakpointhook"));
    }
    m.call_args(hook, args)
}

/// `__import__`.
pub(super) static IMPORT: MethodDef = MethodDef::new("__import__", Convention::FastKeywords, import);

/// The other functions.
pub(super) static FUNCTIONS: &[MethodDef] = &[
    MethodDef::new("compile", Convention::FastKeywords, compile),
    MethodDef::new("exec", Convention::FastKeywords, exec),
    MethodDef::new("eval", Convention::FastKeywords, eval),
    MethodDef::new("open", Convention::FastKeywords, open),
    MethodDef::new("breakpoint", Convention::FastKeywords, breakpoint),
];
