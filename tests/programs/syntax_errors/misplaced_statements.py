"""Statements outside the place where they make sense: message, line and column of each error."""
SOURCES = [
    'return',
    'yield 1',
    'await x',
    'break',
    'continue',
    'class C: return 1',
    'x = yield',
    '[await x for x in y]',
    'async x = 1',
    'async def f(): yield from x',
    'async def f():\n    yield 1\n    return 2',
    'def f(): await x',
]
for source in SOURCES:
    try:
        compile(source, "<s>", "exec")
        print(repr(source), "fine")
    except SyntaxError as error:
        print(repr(source), type(error).__name__, error.msg, error.lineno, error.offset)
