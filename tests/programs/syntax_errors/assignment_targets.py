"""Targets that cannot be assigned to, deleted or annotated: message, line and column of each error."""
SOURCES = [
    'x = ',
    '1 = x',
    'f() = 1',
    'x + 1 = 2',
    'None = 1',
    'x = 5€',
    '(a := 1) = 2',
    'x = (y := )',
    'del f()',
    'del 1',
    'del (a + b)',
    'a += 1, 2 = 3',
    '(a, b) += 1',
    'x: int: str',
    '(a, b): int',
    'x.y: int = yield',
    'x = \\ 1',
    'def 1(): pass',
    'class 1: pass',
    'True = 1',
    '__debug__ = 1',
    'class True: pass',
    'a if b else c = 1',
    "'a' = 1",
    'x = 1 y = 2',
    'x\u200b = 1',
]
for source in SOURCES:
    try:
        compile(source, "<s>", "exec")
        print(repr(source), "fine")
    except SyntaxError as error:
        print(repr(source), type(error).__name__, error.msg, error.lineno, error.offset)
