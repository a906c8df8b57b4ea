"""match statements and type parameters: message, line and column of each error."""
SOURCES = [
    'match x:\n    case 1 | y: pass',
    'match x:\n    case a: pass\n    case b: pass',
    'match x:\n    case [a, a]: pass',
    "match x:\n    case {**r, 'a': 1}: pass",
    'match x:\n    case P(a=1, a=2): pass',
    'match x:\n    case a.b(): pass\n    case -x: pass',
    'def f[T, T](): pass',
    'type X[T] = T\ntype 1 = 2',
    'class C[T](T: pass',
]
for source in SOURCES:
    try:
        compile(source, "<s>", "exec")
        print(repr(source), "fine")
    except SyntaxError as error:
        print(repr(source), type(error).__name__, error.msg, error.lineno, error.offset)
