"""Parameter lists: message, line and column of each error."""
SOURCES = [
    'def f(:',
    'def f(a, a): pass',
    'def f(a=1, b): pass',
    'def f(*): pass',
    'def f(**k, a): pass',
    'def f(*a, *b): pass',
    'def f(a, /, b, /): pass',
    'lambda *: 0',
    'def f(a, (b, c)): pass',
    'lambda (a): 0',
    'def f(None): pass',
    'lambda x = 1: x = 2',
]
for source in SOURCES:
    try:
        compile(source, "<s>", "exec")
        print(repr(source), "fine")
    except SyntaxError as error:
        print(repr(source), type(error).__name__, error.msg, error.lineno, error.offset)
