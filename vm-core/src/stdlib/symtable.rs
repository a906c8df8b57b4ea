//! `_symtable`: the compiler's symbol tables as objects, made all at once from what the compiler knows.

use crate::compile::{Mode, NamedBlock};
use crate::heap::Marker;
use crate::machine::{Machine, R};
use crate::native::{Args, Convention, GetSetDef, MethodDef, ModuleSpec, TypeSpec};
use crate::object::header::{Gc, Header, Layout, LayoutId, Payload, layout_of};
use crate::object::slots::Slots;
use crate::object::string::Str;
use crate::object::typeobj::TypeFlags;
use crate::object::value::Value;

const CONSTANTS: &[(&str, i64)] = &[
    ("USE", 16),
    ("DEF_GLOBAL", 1),
    ("DEF_NONLOCAL", 8),
    ("DEF_LOCAL", 2),
    ("DEF_PARAM", 4),
    ("DEF_TYPE_PARAM", 1 << 10),
    ("DEF_FREE_CLASS", 64),
    ("DEF_IMPORT", 128),
    ("DEF_BOUND", 134),
    ("DEF_ANNOT", 256),
    ("DEF_COMP_ITER", 512),
    ("DEF_COMP_CELL", 1 << 11),
    ("TYPE_FUNCTION", 0),
    ("TYPE_CLASS", 1),
    ("TYPE_MODULE", 2),
    ("TYPE_ANNOTATION", 3),
    ("TYPE_TYPE_ALIAS", 4),
    ("TYPE_TYPE_PARAMETERS", 5),
    ("TYPE_TYPE_VARIABLE", 6),
    ("LOCAL", 1),
    ("GLOBAL_EXPLICIT", 2),
    ("GLOBAL_IMPLICIT", 3),
    ("FREE", 4),
    ("CELL", 5),
    ("SCOPE_OFF", 12),
    ("SCOPE_MASK", 15),
];

/// A `symtable entry`.
#[repr(C)]
struct Entry {
    header: Header,
    name: Value,
    symbols: Value,
    varnames: Value,
    children: Value,
    kind: i64,
    line: i64,
    nested: bool,
}

// SAFETY: repr(C), header first; traces its references.
unsafe impl Payload for Entry {
    const LAYOUT: &'static Layout = &layout_of::<Entry>(LayoutId::Other);
    fn trace(&self, m: &mut Marker<'_>) {
        m.mark_all(&[self.name, self.symbols, self.varnames, self.children]);
    }
}

fn this(v: Value) -> Gc<Entry> {
    // SAFETY: attributes of a type are read from its instances only.
    unsafe { v.cast() }
}

static ENTRY: TypeSpec = TypeSpec {
    flags: TypeFlags::DISALLOW_INSTANTIATION,
    slots: Slots {
        repr: Some(|m, v| {
            let (name, id, line) = (m.to_str(this(v).name)?, id(v), this(v).line);
            Ok(m.str_value(&format!("<symtable entry {}({id}), line {line}>", name.to_string_lossy())))
        }),
        ..Slots::EMPTY
    },
    getset: &[
        GetSetDef { name: "id", get: |_, v| Ok(Value::small(id(v))), set: None },
        GetSetDef { name: "name", get: |_, v| Ok(this(v).name), set: None },
        GetSetDef { name: "symbols", get: |_, v| Ok(this(v).symbols), set: None },
        GetSetDef { name: "varnames", get: |_, v| Ok(this(v).varnames), set: None },
        GetSetDef { name: "children", get: |_, v| Ok(this(v).children), set: None },
        GetSetDef { name: "type", get: |_, v| Ok(Value::small(this(v).kind)), set: None },
        GetSetDef { name: "lineno", get: |_, v| Ok(Value::small(this(v).line)), set: None },
        GetSetDef { name: "nested", get: |_, v| Ok(Value::small(i64::from(this(v).nested))), set: None },
    ],
    ..TypeSpec::new("symtable entry", Entry::LAYOUT)
};

fn id(v: Value) -> i64 {
    v.as_ptr() as i64
}

/// `_symtable`.
pub(super) static SPEC: ModuleSpec = ModuleSpec {
    name: "_symtable",
    functions: &[MethodDef::new("symtable", Convention::Fast, symtable)],
    init: Some(|m, dict| {
        for &(name, n) in CONSTANTS {
            m.add_constant(dict, name, Value::small(n));
        }
        Ok(())
    }),
    doc: "",
};

fn symtable(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let args = args.between(m, "symtable", 3, 3)?;
    let text = match args[0].downcast::<Str>() {
        Some(s) => s.bytes().to_vec(),
        None => match m.bytes_like(args[0]) {
            Some(bytes) => bytes.to_vec(),
            None => return Err(m.type_error("symtable() arg 1 must be a string or bytes object")),
        },
    };
    if text.contains(&0) {
        let class = m.exceptions.syntax_error;
        return Err(m.raise_message(class, "source code string cannot contain null bytes"));
    }
    let filename = m.to_str(args[1])?.to_string_lossy().into_owned();
    let mode = match args[2].downcast::<Str>().map(|s| s.to_string_lossy().into_owned()).as_deref() {
        Some("exec") => Mode::Exec,
        Some("eval") => Mode::Eval,
        Some("single") => Mode::Single,
        Some(_) => return Err(m.value_error("symtable() arg 3 must be 'exec' or 'eval' or 'single'")),
        None => return Err(m.bad_argument("symtable", "argument 3", "str", args[2])),
    };
    let top = crate::compile::symbol_table(&text, &filename, mode).map_err(|e| m.raise_syntax_error(&e))?;
    entry(m, &top)
}

fn entry(m: &mut Machine, scope: &NamedBlock) -> R<Value> {
    m.check_native_stack()?;
    let children = m.new_list(&[]);
    for child in &scope.children {
        let child = entry(m, child)?;
        children.push(m, child);
    }
    let (symbols, varnames) = (m.new_dict(), m.new_list(&[]));
    for (name, bits) in &scope.symbols {
        m.add_constant(symbols, name, Value::small(i64::from(*bits)));
    }
    for name in &scope.varnames {
        let name = m.intern(name).value();
        varnames.push(m, name);
    }
    let header = Header::new(m.native_type(&ENTRY));
    let object = Entry {
        header,
        name: m.intern(&scope.name).value(),
        symbols: symbols.value(),
        varnames: varnames.value(),
        children: children.value(),
        kind: i64::from(scope.kind),
        line: i64::from(scope.line),
        nested: scope.nested,
    };
    Ok(m.new_object(object).value())
}
