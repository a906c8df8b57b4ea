//! The part of `sys` that describes the implementation: constants, `flags`, `float_info` and their kin, and switches that do nothing here.

use super::names;
use crate::machine::tracing::Observer;
use crate::machine::{Machine, R};
use crate::native::{Args, Convention, MethodDef};
use crate::object::dict::Dict;
use crate::object::header::Gc;
use crate::object::value::Value;
use crate::struct_seq_fields;

/// Adds them to `sys`.
pub(super) fn install(m: &mut Machine, dict: Gc<Dict>) -> R<()> {
    let final_ = m.str_value("final");
    let version = [Value::small(3), Value::small(13), Value::small(0), final_, Value::small(0)];
    let fields = struct_seq_fields!["major" = 0, "minor" = 1, "micro" = 2, "releaselevel" = 3, "serial" = 4];
    let version = m.new_struct_seq("sys", "version_info", fields, &version)?;
    let text = |m: &mut Machine, s: &str| m.str_value(s);
    let (name, tag, platform) = (text(m, "cpython"), text(m, "cpython-313"), text(m, "x86_64-linux-gnu"));
    let implementation = m.new_namespace(&[
        ("name", name),
        ("cache_tag", tag),
        ("version", version),
        ("hexversion", Value::small(0x030d_00f0)),
        ("_multiarch", platform),
    ]);
    let (flags, float_info, int_info, hash_info) = (flags(m)?, float_info(m)?, int_info(m)?, hash_info(m)?);
    let thread = [text(m, "pthread"), text(m, "semaphore"), Value::NONE];
    let thread = m.new_struct_seq("sys", "thread_info", struct_seq_fields!["name" = 0, "lock" = 1, "version" = 2], &thread)?;
    let known: Vec<Value> = names::NAMES.iter().map(|n| m.str_value(n)).collect();
    let known = m.new_frozenset(&known)?.value();
    let builtin: std::collections::BTreeSet<&str> = names::BUILTIN
        .iter()
        .copied()
        .filter(|n| matches!(*n, "sys" | "builtins") || super::native_module(n).is_some())
        .chain(super::native_names())
        .collect();
    let builtin: Vec<Value> = builtin.iter().map(|n| m.str_value(n)).collect();
    let builtin = m.new_tuple(&builtin).value();
    let prefix = m.imports.stdlib.as_deref().and_then(|p| p.ancestors().nth(2));
    let prefix = prefix.map(|p| p.to_string_lossy().into_owned()).unwrap_or_default();
    let (prefix, library) = (text(m, &prefix), m.imports.stdlib.as_deref().map(|p| p.to_string_lossy().into_owned()));
    let library = library.map_or(Value::NONE, |p| text(m, &p));
    let meta_path = m.new_list(&[]);
    m.install_finders(meta_path);
    let entries = [
        ("_stdlib_dir", library),
        ("version_info", version),
        ("implementation", implementation),
        ("flags", flags),
        ("float_info", float_info),
        ("int_info", int_info),
        ("hash_info", hash_info),
        ("thread_info", thread),
        ("stdlib_module_names", known),
        ("builtin_module_names", builtin),
        ("float_repr_style", text(m, "short")),
        ("api_version", Value::small(1013)),
        ("abiflags", text(m, "")),
        ("copyright", text(m, "")),
        ("dont_write_bytecode", Value::from_bool(m.imports.dont_write_code)),
        ("pycache_prefix", Value::NONE),
        ("platlibdir", text(m, "lib")),
        ("prefix", prefix),
        ("exec_prefix", prefix),
        ("base_prefix", prefix),
        ("base_exec_prefix", prefix),
        ("warnoptions", m.new_list(&[]).value()),
        ("meta_path", meta_path.value()),
        ("path_hooks", m.new_list(&[]).value()),
        ("path_importer_cache", m.new_dict().value()),
        ("_xoptions", m.new_dict().value()),
    ];
    for (key, value) in entries {
        let key = m.intern(key);
        dict.insert_str(m, key, value);
    }
    for (from, to) in [("displayhook", "__displayhook__"), ("argv", "orig_argv")] {
        let (from, to) = (m.intern(from), m.intern(to));
        if let Some(v) = dict.get_str(m, from) {
            dict.insert_str(m, to, v);
        }
    }
    Ok(())
}

fn flags(m: &mut Machine) -> R<Value> {
    let zero = Value::small(0);
    let mut items = [zero; 18];
    let no_bytecode = Value::small(i64::from(m.imports.dont_write_code));
    for (i, v) in [(4, no_bytecode), (11, Value::small(1)), (13, Value::FALSE), (16, Value::FALSE), (17, Value::small(4300))] {
        items[i] = v;
    }
    let fields = struct_seq_fields![
        "debug" = 0,
        "inspect" = 1,
        "interactive" = 2,
        "optimize" = 3,
        "dont_write_bytecode" = 4,
        "no_user_site" = 5,
        "no_site" = 6,
        "ignore_environment" = 7,
        "verbose" = 8,
        "bytes_warning" = 9,
        "quiet" = 10,
        "hash_randomization" = 11,
        "isolated" = 12,
        "dev_mode" = 13,
        "utf8_mode" = 14,
        "warn_default_encoding" = 15,
        "safe_path" = 16,
        "int_max_str_digits" = 17,
    ];
    m.new_struct_seq("sys", "flags", fields, &items)
}

fn float_info(m: &mut Machine) -> R<Value> {
    let items = [
        m.new_float(f64::MAX),
        Value::small(1024),
        Value::small(308),
        m.new_float(f64::MIN_POSITIVE),
        Value::small(-1021),
        Value::small(-307),
        Value::small(15),
        Value::small(53),
        m.new_float(f64::EPSILON),
        Value::small(2),
        Value::small(1),
    ];
    let fields = struct_seq_fields![
        "max" = 0,
        "max_exp" = 1,
        "max_10_exp" = 2,
        "min" = 3,
        "min_exp" = 4,
        "min_10_exp" = 5,
        "dig" = 6,
        "mant_dig" = 7,
        "epsilon" = 8,
        "radix" = 9,
        "rounds" = 10,
    ];
    m.new_struct_seq("sys", "float_info", fields, &items)
}

fn int_info(m: &mut Machine) -> R<Value> {
    let items = [30, 4, 4300, 640].map(Value::small);
    let fields =
        struct_seq_fields!["bits_per_digit" = 0, "sizeof_digit" = 1, "default_max_str_digits" = 2, "str_digits_check_threshold" = 3];
    m.new_struct_seq("sys", "int_info", fields, &items)
}

fn hash_info(m: &mut Machine) -> R<Value> {
    let n = Value::small;
    let modulus = m.new_int((1 << 61) - 1);
    let algorithm = m.str_value("siphash13");
    let items = [n(64), modulus, n(314_159), n(0), n(1_000_003), algorithm, n(64), n(128), n(0)];
    let fields = struct_seq_fields![
        "width" = 0,
        "modulus" = 1,
        "inf" = 2,
        "nan" = 3,
        "imag" = 4,
        "algorithm" = 5,
        "hash_bits" = 6,
        "seed_bits" = 7,
        "cutoff" = 8,
    ];
    m.new_struct_seq("sys", "hash_info", fields, &items)
}

fn set_digits(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let n = m.index_argument(args.pos()[0])?;
    if n != 0 && n < 640 {
        return Err(m.value_error("maxdigits must be 0 or larger than 640"));
    }
    m.int_max_str_digits = usize::try_from(n).unwrap_or(0);
    Ok(Value::NONE)
}

/// `sys.displayhook`.
fn displayhook(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let v = args.pos()[0];
    if v.is_none() {
        return Ok(Value::NONE);
    }
    let key = m.intern("_");
    let builtins = m.builtins;
    builtins.insert_str(m, key, Value::NONE);
    let mut text = m.repr(v)?.bytes().to_vec();
    text.push(b'\n');
    let stdout = m.sys_attribute("stdout")?;
    let (text, write) = (m.new_str_wtf8(&text)?.value(), m.names.write);
    m.call_method(stdout, write, &[text])?;
    builtins.insert_str(m, key, v);
    Ok(Value::NONE)
}

impl Machine {
    /// Shows the value of an expression statement compiled in interactive mode.
    pub fn display_hook(&mut self, v: Value) -> R<Value> {
        let hook = self.sys_attribute("displayhook")?;
        if hook.is_none() {
            return Err(self.runtime_error("lost sys.displayhook"));
        }
        self.call(hook, &[v])
    }
}

/// Functions of `sys` that belong here.
pub(super) static FUNCTIONS: &[MethodDef] = &[
    MethodDef::new("displayhook", Convention::O, displayhook),
    MethodDef::new("getdefaultencoding", Convention::NoArgs, |m, _, _| Ok(m.str_value("utf-8"))),
    // No option sets another count.
    MethodDef::new("_get_cpu_count_config", Convention::NoArgs, |_, _, _| Ok(Value::small(-1))),
    MethodDef::new("getfilesystemencoding", Convention::NoArgs, |m, _, _| Ok(m.str_value("utf-8"))),
    MethodDef::new("getfilesystemencodeerrors", Convention::NoArgs, |m, _, _| Ok(m.str_value("surrogateescape"))),
    MethodDef::new("is_finalizing", Convention::NoArgs, |_, _, _| Ok(Value::FALSE)),
    MethodDef::new("get_int_max_str_digits", Convention::NoArgs, |m, _, _| Ok(m.int_from_usize(m.int_max_str_digits))),
    MethodDef::new("set_int_max_str_digits", Convention::O, set_digits),
    MethodDef::new("gettrace", Convention::NoArgs, |m, _, _| Ok(m.trace_function(Observer::Trace))),
    MethodDef::new("getprofile", Convention::NoArgs, |m, _, _| Ok(m.trace_function(Observer::Profile))),
    MethodDef::new("settrace", Convention::O, |m, _, args| {
        m.set_trace_function(Observer::Trace, args.pos()[0]);
        Ok(Value::NONE)
    }),
    MethodDef::new("setprofile", Convention::O, |m, _, args| {
        m.set_trace_function(Observer::Profile, args.pos()[0]);
        Ok(Value::NONE)
    }),
    MethodDef::new("getrefcount", Convention::O, |m, _, args| {
        let n = m.reference_count(args.pos()[0]);
        Ok(Value::small(n))
    }),
    MethodDef::new("getswitchinterval", Convention::NoArgs, |m, _, _| Ok(m.new_float(0.005))),
    MethodDef::new("setswitchinterval", Convention::O, |_, _, _| Ok(Value::NONE)),
    MethodDef::new("audit", Convention::Fast, |_, _, _| Ok(Value::NONE)),
];
