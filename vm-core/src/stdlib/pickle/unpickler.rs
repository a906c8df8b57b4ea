//! `Unpickler`: its attributes, the memo, and `find_class`. What the opcodes do is in `load.rs` and its siblings.

use super::input::{FileMethods, Input};
use super::load::Loader;
use super::{globals, memo_proxy, unpickling_error};
use crate::heap::Marker;
use crate::machine::{Machine, R};
use crate::native::{Args, BindSpec, Convention, GetSetDef, MethodDef, TypeSpec};
use crate::object::header::{Gc, Header, Layout, LayoutId, Payload, layout_of};
use crate::object::slots::Slots;
use crate::object::string::Str;
use crate::object::typeobj::{Type, TypeFlags};
use crate::object::value::Value;
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

/// Objects by their numbers, which follow one another but for what somebody has made up.
#[derive(Default)]
pub(super) struct Memo {
    dense: Vec<Value>,
    sparse: BTreeMap<usize, Value>,
}

impl Memo {
    #[inline]
    pub(super) fn get(&self, number: usize) -> Option<Value> {
        self.dense.get(number).copied().or_else(|| self.sparse.get(&number).copied())
    }

    #[inline]
    pub(super) fn push(&mut self, v: Value) {
        self.set(self.len(), v);
    }

    pub(super) fn len(&self) -> usize {
        self.dense.len() + self.sparse.len()
    }

    #[inline]
    pub(super) fn set(&mut self, number: usize, v: Value) {
        if number < self.dense.len() {
            self.dense[number] = v;
        } else if number == self.dense.len() {
            self.sparse.remove(&number);
            self.dense.push(v);
        } else {
            self.sparse.insert(number, v);
        }
    }

    pub(super) fn clear(&mut self) {
        self.dense.clear();
        self.sparse.clear();
    }

    pub(super) fn objects(&self) -> Vec<(usize, Value)> {
        self.dense.iter().copied().enumerate().chain(self.sparse.iter().map(|(&n, &v)| (n, v))).collect()
    }
}

/// An `Unpickler`.
#[repr(C)]
pub(super) struct Unpickler {
    header: Header,
    pub(super) memo: RefCell<Memo>,
    /// The file's methods, `NULL` without a file.
    file: Cell<FileMethods>,
    /// Iterator of the buffers that are not in the pickle, or `NULL`.
    pub(super) buffers: Cell<Value>,
    pub(super) encoding: Cell<Value>,
    pub(super) errors: Cell<Value>,
    persistent_load: Cell<Value>,
    fix_imports: Cell<bool>,
    pub(super) protocol: Cell<i64>,
}

// SAFETY: repr(C), header first; traces its references.
unsafe impl Payload for Unpickler {
    const LAYOUT: &'static Layout = &layout_of::<Unpickler>(LayoutId::Unpickler);
    fn trace(&self, m: &mut Marker<'_>) {
        let FileMethods { read, readline, peek } = self.file.get();
        m.mark_all(&[read, readline, peek, self.buffers.get(), self.encoding.get(), self.errors.get(), self.persistent_load.get()]);
        let memo = self.memo.borrow();
        m.mark_all(&memo.dense);
        memo.sparse.values().for_each(|&v| m.mark(v));
    }
}

/// `_pickle.Unpickler`.
pub(super) static SPEC: TypeSpec = TypeSpec {
    flags: TypeFlags::BASETYPE,
    slots: Slots { new: Some(|m, ty, _| Ok(empty(m, ty).value())), init: Some(init_slot), ..Slots::EMPTY },
    methods: &[
        MethodDef::new("load", Convention::class(0, 0), |m, v, _| {
            if this(v).file.get().read.is_null() {
                let name = m.type_name(v);
                return Err(unpickling_error(m, &format!("Unpickler.__init__() was not called by {name}.__init__()")));
            }
            load(m, this(v))
        }),
        MethodDef::new("find_class", Convention::class(2, 2), |m, v, args| {
            let mut names = [m.names.empty; 2];
            for (name, &v) in names.iter_mut().zip(args.pos()) {
                *name = match v.downcast::<Str>() {
                    Some(s) => s,
                    None => {
                        let ty = m.type_name(v);
                        return Err(m.type_error(&format!("attribute name must be string, not '{ty}'")));
                    }
                };
            }
            find_class(m, this(v), names[0], names[1])
        }),
        MethodDef::new("__sizeof__", Convention::NoArgs, |m, v, _| Ok(m.int_from_usize(264 + 8 * this(v).memo.borrow().len().max(32)))),
    ],
    getset: &[
        GetSetDef {
            name: "persistent_load",
            get: |m, v| m.attribute_if_set(v, this(v).persistent_load.get(), "persistent_load"),
            set: Some(|m, v, to| {
                m.check_hook(to, "persistent_load must be a callable taking one argument")?;
                this(v).persistent_load.set(to);
                Ok(())
            }),
        },
        GetSetDef { name: "memo", get: |m, v| Ok(memo_proxy::of_unpickler(m, this(v))), set: Some(memo_proxy::set_of_unpickler) },
    ],
    doc: "This takes a binary file for reading a pickle data stream.",
    ..TypeSpec::new("_pickle.Unpickler", Unpickler::LAYOUT)
};

pub(super) fn this(v: Value) -> Gc<Unpickler> {
    // SAFETY: methods and attributes of a type are called with its instances only.
    unsafe { v.cast() }
}

const NO_FILE: FileMethods = FileMethods { read: Value::NULL, readline: Value::NULL, peek: Value::NULL };

fn empty(m: &mut Machine, ty: Gc<Type>) -> Gc<Unpickler> {
    m.new_object(Unpickler {
        header: Header::new(ty),
        memo: RefCell::default(),
        file: Cell::new(NO_FILE),
        buffers: Cell::new(Value::NULL),
        encoding: Cell::new(Value::NULL),
        errors: Cell::new(Value::NULL),
        persistent_load: Cell::new(Value::NULL),
        fix_imports: Cell::new(true),
        protocol: Cell::new(0),
    })
}

/// An unpickler without a file.
pub(super) fn make(m: &mut Machine) -> Gc<Unpickler> {
    let ty = m.native_type(&SPEC);
    empty(m, ty)
}

/// Notes the options `fix_imports`, `encoding`, `errors` and `buffers`.
pub(super) fn configure(m: &mut Machine, u: Gc<Unpickler>, options: [Value; 4], function: &str) -> R<()> {
    let [fix_imports, encoding, errors, buffers] = options;
    u.fix_imports.set(m.flag_argument(fix_imports, true)?);
    for (place, name, given) in [(&u.encoding, "encoding", encoding), (&u.errors, "errors", errors)] {
        match given.non_null() {
            None => place.set(Value::NULL),
            Some(v) if v.downcast::<Str>().is_some() => place.set(v),
            Some(v) => return Err(m.bad_argument(function, &format!("argument '{name}'"), "str", v)),
        }
    }
    let buffers = match buffers.non_null().filter(|b| !b.is_none()) {
        Some(buffers) => m.iter(buffers)?,
        None => Value::NULL,
    };
    u.buffers.set(buffers);
    Ok(())
}

/// As `Unpickler.__init__`.
pub(super) fn init(m: &mut Machine, u: Gc<Unpickler>, file: Value, options: [Value; 4], function: &str) -> R<()> {
    u.file.set(NO_FILE);
    let mut found = [Value::NULL; 3];
    for (method, name) in found.iter_mut().zip(["peek", "read", "readline"]) {
        let name = m.intern(name);
        *method = m.get_attr_opt(file, name)?.unwrap_or(Value::NULL);
    }
    let [peek, read, readline] = found;
    if read.is_null() || readline.is_null() {
        return Err(m.type_error("file must have 'read' and 'readline' attributes"));
    }
    configure(m, u, options, function)?;
    u.memo.borrow_mut().clear();
    u.protocol.set(0);
    u.file.set(FileMethods { read, readline, peek });
    Ok(())
}

fn init_slot(m: &mut Machine, v: Value, args: Args<'_>) -> R<()> {
    let spec = BindSpec { positional_only: 0, required: 1, max_positional: 1 };
    let names = ["file", "fix_imports", "encoding", "errors", "buffers"];
    let [file, fix_imports, encoding, errors, buffers] = args.bind(m, "Unpickler", names, spec)?;
    init(m, this(v), file, [fix_imports, encoding, errors, buffers], "Unpickler")
}

/// Reads one pickle from the file.
pub(super) fn load(m: &mut Machine, u: Gc<Unpickler>) -> R<Value> {
    run(m, u, Input::of_file(u.file.get()))
}

/// Reads one pickle.
pub(super) fn run(m: &mut Machine, u: Gc<Unpickler>, input: Input) -> R<Value> {
    u.protocol.set(0);
    // An unpickler that is not of a subclass has no such method but the one assigned to it.
    let persistent_load = if m.type_of(u.value()) == m.native_type(&SPEC) {
        u.persistent_load.get()
    } else {
        let name = m.intern("persistent_load");
        m.get_attr_opt(u.value(), name)?.unwrap_or(Value::NULL)
    };
    Loader::new(m, u, input, persistent_load).run(m)
}

/// The class or function of a name.
pub(super) fn find_class(m: &mut Machine, u: Gc<Unpickler>, module: Gc<Str>, name: Gc<Str>) -> R<Value> {
    let protocol = u.protocol.get();
    let (module, name) = if protocol < 3 && u.fix_imports.get() { globals::new_names(m, module, name)? } else { (module, name) };
    let module = m.import_name(module.as_static_str())?;
    let found = if protocol >= 4 && name.bytes().contains(&b'.') {
        let path = globals::path(m, name, Some(module))?;
        globals::deep(m, module, &path)
    } else {
        m.get_attr_opt(module, name)?
    };
    match found {
        Some(found) => Ok(found),
        None => {
            let message = format!("Can't get attribute {} on {}", super::shown(m, name.value())?, super::shown(m, module)?);
            Err(m.attribute_error(&message))
        }
    }
}
