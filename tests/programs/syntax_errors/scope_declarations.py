"""global and nonlocal: message, line and column of each error."""
SOURCES = [
    'def f():\n    global x\n    x = 1\n    global x',
    'def f(x):\n    global x',
    'nonlocal x',
    'def f():\n    nonlocal x',
    'def f(x):\n    nonlocal x',
    'def f():\n    x = 1\n    global x',
    'global 1',
]
for source in SOURCES:
    try:
        compile(source, "<s>", "exec")
        print(repr(source), "fine")
    except SyntaxError as error:
        print(repr(source), type(error).__name__, error.msg, error.lineno, error.offset)
