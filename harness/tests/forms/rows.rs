//! One row per specialised opcode: what makes it, what it cannot serve, and what changes under it.

use vm_core::opcodes::Opcode;

/// How one specialised opcode comes and goes.
pub(crate) struct Row {
    pub(crate) form: Opcode,
    /// Statements before everything else.
    setup: &'static str,
    /// The body of `site(x, y)`, with the instruction.
    body: &'static str,
    /// Arguments of `site` for which the form is made, and served by it.
    good: &'static str,
    /// Statements before arguments come that it does not serve.
    before_bad: &'static str,
    /// Arguments that it does not serve.
    bad: &'static str,
    /// Statements that change the class, module or builtin under the form; empty if it depends on none.
    pub(crate) change: &'static str,
    /// What must hold afterwards.
    after: &'static str,
    /// Enough misses make the instruction give the form up.
    pub(crate) deoptimises: bool,
}

impl Row {
    fn start(&self) -> String {
        let Row { setup, body, good, .. } = self;
        let body = body.replace('\n', "\n    ");
        format!("{setup}\ndef site(x=None, y=None):\n    {body}\n\nfor _ in range(60):\n    site({good})\n")
    }

    /// A program whose operands are good at first, and others later.
    pub(crate) fn with_other_operands(&self) -> String {
        let Row { before_bad, bad, .. } = self;
        let start = self.start();
        format!("{start}{before_bad}\nfor _ in range(200):\n    try:\n        site({bad})\n    except TypeError:\n        pass\n")
    }

    /// A program that changes what the form depends on.
    pub(crate) fn with_change(&self) -> String {
        format!("{}{}\n{}\n", self.start(), self.change, self.after)
    }
}

const PLAIN: Row =
    Row { form: Opcode::NOP, setup: "", body: "", good: "", before_bad: "", bad: "", change: "", after: "", deoptimises: true };

/// A form that depends on the types of its operands alone.
const fn operands(form: Opcode, body: &'static str, good: &'static str, bad: &'static str) -> Row {
    Row { form, body, good, bad, ..PLAIN }
}

/// An attribute of `C` is read or written; `Other` cannot be served.
const fn attribute(
    form: Opcode,
    setup: &'static str,
    body: &'static str,
    good: &'static str,
    change: &'static str,
    after: &'static str,
) -> Row {
    Row { form, setup, body, good, before_bad: OTHER, bad: "Other()", change, after, ..PLAIN }
}

/// `x` is called with one argument; `bytes` cannot be served.
const fn call(form: Opcode, setup: &'static str, good: &'static str, change: &'static str, after: &'static str) -> Row {
    Row { form, setup, body: "return x(1)", good, bad: "bytes", change, after, ..PLAIN }
}

/// A builtin is called, which a function of the program replaces later: that it cannot serve.
const fn builtin(form: Opcode, body: &'static str, good: &'static str, replaced: &'static str, after: &'static str) -> Row {
    Row { form, setup: "import builtins", body, good, before_bad: replaced, bad: good, change: replaced, after, ..PLAIN }
}

/// A method of a builtin type is called; that of `C` cannot be served.
const fn method(form: Opcode, setup: &'static str, body: &'static str, good: &'static str) -> Row {
    Row { form, setup, body, good, bad: "C()", ..PLAIN }
}

/// A class whose attribute no form serves.
const OTHER: &str = "
class Other:
    a = pi = classmethod(lambda cls: 1)
    __setattr__ = lambda self, name, value: None
";

const WITH_DICT: &str = "
class C: pass
def make():
    c = C()
    c.__dict__ = {'a': 1}
    return c
";

const SUPER: &str = "
import builtins
class A:
    a = 1
    def f(self): return 1
class B(A):
    def f(self): return super().f()
    @property
    def g(self): return super().a
";

/// `super` is another function from now on. A module that mentions the name itself is compiled otherwise.
const OTHER_SUPER: &str = "
b = B()
original = builtins.super
builtins.super = lambda *args: original(B, b)
";

pub(crate) const ROWS: &[Row] = &[
    operands(Opcode::BINARY_OP_ADD_INT, "return x + y", "1, 2", "1.5, 2"),
    operands(Opcode::BINARY_OP_ADD_FLOAT, "return x + y", "1.5, 2.5", "1, 2.5"),
    operands(Opcode::BINARY_OP_ADD_UNICODE, "return x + y", "'a', 'b'", "[1], [2]"),
    operands(Opcode::BINARY_OP_INPLACE_ADD_UNICODE, "x += y\nreturn x", "'a', 'b'", "[1], [2]"),
    operands(Opcode::BINARY_OP_MULTIPLY_INT, "return x * y", "3, 2", "1.5, 2"),
    operands(Opcode::BINARY_OP_MULTIPLY_FLOAT, "return x * y", "1.5, 2.5", "1, 2.5"),
    operands(Opcode::BINARY_OP_SUBTRACT_INT, "return x - y", "3, 2", "1.5, 2"),
    operands(Opcode::BINARY_OP_SUBTRACT_FLOAT, "return x - y", "1.5, 2.5", "1, 2.5"),
    operands(Opcode::BINARY_SUBSCR_DICT, "return x[y]", "{1: 2}, 1", "range(3), 1"),
    operands(Opcode::BINARY_SUBSCR_LIST_INT, "return x[y]", "[1, 2], 1", "range(3), 1"),
    operands(Opcode::BINARY_SUBSCR_TUPLE_INT, "return x[y]", "(1, 2), 1", "range(3), 1"),
    operands(Opcode::BINARY_SUBSCR_STR_INT, "return x[y]", "'ab', 1", "range(3), 1"),
    Row {
        form: Opcode::BINARY_SUBSCR_GETITEM,
        setup: "class C:\n    def __getitem__(self, key): return key + 1",
        body: "return x[y]",
        good: "C(), 1",
        bad: "range(3), 1",
        change: "C.__getitem__ = lambda self, key: 'new'",
        after: "assert site(C(), 1) == 'new'",
        ..PLAIN
    },
    operands(Opcode::STORE_SUBSCR_DICT, "x[y] = 1", "{}, 1", "bytearray(4), 1"),
    operands(Opcode::STORE_SUBSCR_LIST_INT, "x[y] = 1", "[1, 2], 1", "bytearray(4), 1"),
    operands(Opcode::TO_BOOL_BOOL, "return 1 if x else 2", "True", "2.5"),
    operands(Opcode::TO_BOOL_INT, "return 1 if x else 2", "3", "2.5"),
    operands(Opcode::TO_BOOL_LIST, "return 1 if x else 2", "[1]", "2.5"),
    operands(Opcode::TO_BOOL_NONE, "return 1 if x else 2", "None", "2.5"),
    operands(Opcode::TO_BOOL_STR, "return 1 if x else 2", "'a'", "2.5"),
    Row {
        form: Opcode::TO_BOOL_ALWAYS_TRUE,
        setup: "class C: pass",
        body: "return 1 if x else 2",
        good: "C()",
        bad: "2.5",
        change: "C.__bool__ = lambda self: False",
        after: "assert site(C()) == 2",
        ..PLAIN
    },
    operands(Opcode::COMPARE_OP_INT, "return x < y", "1, 2", "(1,), (2,)"),
    operands(Opcode::COMPARE_OP_FLOAT, "return x < y", "1.5, 2.5", "(1,), (2,)"),
    operands(Opcode::COMPARE_OP_STR, "return x == y", "'a', 'b'", "(1,), (2,)"),
    operands(Opcode::CONTAINS_OP_DICT, "return x in y", "1, {1: 2}", "1, [1]"),
    operands(Opcode::CONTAINS_OP_SET, "return x in y", "1, {1}", "1, [1]"),
    operands(Opcode::UNPACK_SEQUENCE_TWO_TUPLE, "a, b = x\nreturn a", "(1, 2)", "'ab'"),
    operands(Opcode::UNPACK_SEQUENCE_TUPLE, "a, b, c = x\nreturn a", "(1, 2, 3)", "'abc'"),
    operands(Opcode::UNPACK_SEQUENCE_LIST, "a, b = x\nreturn a", "[1, 2]", "'ab'"),
    operands(Opcode::FOR_ITER_LIST, "for i in x: pass", "[1, 2]", "{1, 2}"),
    operands(Opcode::FOR_ITER_TUPLE, "for i in x: pass", "(1, 2)", "{1, 2}"),
    operands(Opcode::FOR_ITER_RANGE, "for i in x: pass", "range(2)", "{1, 2}"),
    Row {
        form: Opcode::FOR_ITER_GEN,
        setup: "def g():\n    yield 1\n    yield 2",
        body: "for i in x: pass",
        good: "g()",
        bad: "{1, 2}",
        ..PLAIN
    },
    Row {
        form: Opcode::SEND_GEN,
        setup: "def g():\n    yield 1\n    yield 2\ndef delegate(x):\n    yield from x",
        body: "return list(delegate(x))",
        good: "g()",
        bad: "[1, 2]",
        ..PLAIN
    },
    Row {
        form: Opcode::LOAD_GLOBAL_MODULE,
        setup: "import builtins\nG = 1",
        body: "return G",
        before_bad: "del G\nbuiltins.G = 2",
        change: "fresh_name = 1\ndel G\nbuiltins.G = 2",
        after: "assert site() == 2",
        ..PLAIN
    },
    Row {
        form: Opcode::LOAD_GLOBAL_BUILTIN,
        setup: "import builtins",
        body: "return len",
        before_bad: "len = 5",
        change: "builtins.fresh_name = 1\nassert site() is len\nlen = 5",
        after: "assert site() == 5",
        ..PLAIN
    },
    Row {
        form: Opcode::LOAD_SUPER_ATTR_METHOD,
        setup: SUPER,
        body: "return x.f()",
        good: "B()",
        before_bad: OTHER_SUPER,
        bad: "b",
        change: OTHER_SUPER,
        after: "assert site(b) == 1",
        ..PLAIN
    },
    Row {
        form: Opcode::LOAD_SUPER_ATTR_ATTR,
        setup: SUPER,
        body: "return x.g",
        good: "B()",
        before_bad: OTHER_SUPER,
        bad: "b",
        change: OTHER_SUPER,
        after: "assert site(b) == 1",
        ..PLAIN
    },
    attribute(
        Opcode::STORE_ATTR_INSTANCE_VALUE,
        "class C: pass",
        "x.a = 1",
        "C()",
        "C.a = property(lambda self: 5, lambda self, value: None)",
        "c = C()\nsite(c)\nassert c.a == 5 and c.__dict__ == {}",
    ),
    attribute(
        Opcode::STORE_ATTR_SLOT,
        "class C:\n    __slots__ = ('a',)",
        "x.a = 1",
        "C()",
        "C.a = property(lambda self: 5, lambda self, value: None)",
        "c = C()\nsite(c)\nassert c.a == 5",
    ),
    attribute(
        Opcode::STORE_ATTR_WITH_HINT,
        WITH_DICT,
        "x.a = 2",
        "make()",
        "C.a = property(lambda self: 5, lambda self, value: None)",
        "c = make()\nsite(c)\nassert c.a == 5 and c.__dict__ == {'a': 1}",
    ),
    attribute(
        Opcode::LOAD_ATTR_INSTANCE_VALUE,
        "class C:\n    def __init__(self): self.a = 1",
        "return x.a",
        "C()",
        "C.a = property(lambda self: 5, lambda self, value: None)",
        "assert site(C()) == 5",
    ),
    attribute(
        Opcode::LOAD_ATTR_MODULE,
        "import math",
        "return x.pi",
        "math",
        "math.fresh_name = 1\nassert 3 < site(math) < 4\nmath.pi = 3",
        "assert site(math) == 3",
    ),
    attribute(
        Opcode::LOAD_ATTR_WITH_HINT,
        WITH_DICT,
        "return x.a",
        "make()",
        "C.a = property(lambda self: 5, lambda self, value: None)",
        "assert site(make()) == 5",
    ),
    attribute(
        Opcode::LOAD_ATTR_SLOT,
        "class C:\n    __slots__ = ('a',)\n    def __init__(self): self.a = 1",
        "return x.a",
        "C()",
        "c = C()\nC.a = property(lambda self: 5)",
        "assert site(c) == 5",
    ),
    attribute(Opcode::LOAD_ATTR_CLASS, "class C:\n    a = 1", "return x.a", "C", "C.a = 2", "assert site(C) == 2"),
    attribute(
        Opcode::LOAD_ATTR_PROPERTY,
        "class C:\n    @property\n    def a(self): return 1",
        "return x.a",
        "C()",
        "C.a = property(lambda self: 7)",
        "assert site(C()) == 7",
    ),
    attribute(
        Opcode::LOAD_ATTR_GETATTRIBUTE_OVERRIDDEN,
        "class C:\n    def __getattribute__(self, name): return 1",
        "return x.a",
        "C()",
        "C.__getattribute__ = lambda self, name: name",
        "assert site(C()) == 'a'",
    ),
    attribute(
        Opcode::LOAD_ATTR_METHOD_WITH_VALUES,
        "class C:\n    def a(self): return 1",
        "return x.a()",
        "C()",
        "c = C()\nc.a = lambda: 3\nassert site(c) == 3\nC.a = lambda self: 4",
        "assert site(C()) == 4",
    ),
    attribute(
        Opcode::LOAD_ATTR_METHOD_NO_DICT,
        "class C:\n    __slots__ = ()\n    def a(self): return 1",
        "return x.a()",
        "C()",
        "C.a = lambda self: 4",
        "assert site(C()) == 4",
    ),
    attribute(
        Opcode::LOAD_ATTR_METHOD_LAZY_DICT,
        "class C(list):\n    def a(self): return 1",
        "return x.a()",
        "C()",
        "c = C()\nc.a = lambda: 3\nassert site(c) == 3\nC.a = lambda self: 4",
        "assert site(C()) == 4",
    ),
    attribute(
        Opcode::LOAD_ATTR_NONDESCRIPTOR_WITH_VALUES,
        "class C:\n    a = 1",
        "return x.a",
        "C()",
        "c = C()\nc.a = 3\nassert site(c) == 3\nC.a = 4",
        "assert site(C()) == 4",
    ),
    attribute(
        Opcode::LOAD_ATTR_NONDESCRIPTOR_NO_DICT,
        "class C:\n    __slots__ = ()\n    a = 1",
        "return x.a",
        "C()",
        "C.a = 4",
        "assert site(C()) == 4",
    ),
    call(Opcode::CALL_PY_EXACT_ARGS, "def f(a): return a", "f", "f.__code__ = (lambda a: 'new').__code__", "assert site(f) == 'new'"),
    call(Opcode::CALL_PY_GENERAL, "def f(a, b=2): return b", "f", "f.__defaults__ = (5,)", "assert site(f) == 5"),
    call(
        Opcode::CALL_BOUND_METHOD_EXACT_ARGS,
        "class C:\n    def m(self, a): return a\nc = C()",
        "c.m",
        "C.m.__code__ = (lambda self, a: 'new').__code__",
        "assert site(c.m) == 'new'",
    ),
    call(
        Opcode::CALL_BOUND_METHOD_GENERAL,
        "class C:\n    def m(self, a, b=2): return b\nc = C()",
        "c.m",
        "C.m.__defaults__ = (5,)",
        "assert site(c.m) == 5",
    ),
    Row {
        form: Opcode::CALL_NON_PY_GENERAL,
        setup: "class C:\n    def __call__(self, a): return a\ndef f(a): return a",
        body: "return x(1)",
        good: "C()",
        bad: "f",
        ..PLAIN
    },
    operands(Opcode::CALL_TYPE_1, "return x(y)", "type, 5", "bytes, 5"),
    operands(Opcode::CALL_STR_1, "return x(y)", "str, 5", "bytes, 5"),
    operands(Opcode::CALL_TUPLE_1, "return x(y)", "tuple, (1, 2)", "bytes, (1, 2)"),
    builtin(Opcode::CALL_BUILTIN_CLASS, "return int(x)", "5.5", "builtins.int = lambda v: 'replaced'", "assert site(5.5) == 'replaced'"),
    call(
        Opcode::CALL_ALLOC_AND_ENTER_INIT,
        "class C:\n    def __init__(self, a): self.a = a",
        "C",
        "def other(self, a): self.b = a\nC.__init__ = other",
        "assert site(C).__dict__ == {'b': 1}",
    ),
    builtin(Opcode::CALL_BUILTIN_O, "return abs(x)", "-1", "builtins.abs = lambda v: 'replaced'", "assert site(-1) == 'replaced'"),
    builtin(
        Opcode::CALL_BUILTIN_FAST,
        "return getattr(x, 'real')",
        "1",
        "builtins.getattr = lambda v, name: name",
        "assert site(1) == 'real'",
    ),
    builtin(
        Opcode::CALL_BUILTIN_FAST_WITH_KEYWORDS,
        "return sorted(x)",
        "[2, 1]",
        "builtins.sorted = lambda v: 'replaced'",
        "assert site([2, 1]) == 'replaced'",
    ),
    builtin(Opcode::CALL_LEN, "return len(x)", "[1]", "builtins.len = lambda v: 42", "assert site([1]) == 42"),
    builtin(
        Opcode::CALL_ISINSTANCE,
        "return isinstance(x, int)",
        "5",
        "builtins.isinstance = lambda v, cls: 'replaced'",
        "assert site(5) == 'replaced'",
    ),
    method(Opcode::CALL_LIST_APPEND, "class C:\n    def append(self, v): pass", "x.append(1)", "[]"),
    method(Opcode::CALL_METHOD_DESCRIPTOR_NOARGS, "class C:\n    def copy(self): pass", "return x.copy()", "[1]"),
    method(Opcode::CALL_METHOD_DESCRIPTOR_O, "class C:\n    def count(self, v): pass", "return x.count(1)", "[1]"),
    method(Opcode::CALL_METHOD_DESCRIPTOR_FAST, "class C:\n    def pop(self, i): pass", "return x.pop(0)", "[1, 2]"),
    method(Opcode::CALL_METHOD_DESCRIPTOR_FAST_WITH_KEYWORDS, "class C:\n    def sort(self): pass", "x.sort()", "[2, 1]"),
    Row {
        // What it cannot serve is work at a safepoint, such as a collection; only instrumentation would put RESUME back.
        form: Opcode::RESUME_CHECK,
        setup: "def f(): pass",
        body: "bytearray(x)\nf()",
        good: "0",
        before_bad: "for _ in range(4): site(30_000_000)",
        bad: "0",
        deoptimises: false,
        ..PLAIN
    },
];
