"""Arguments of calls: message, line and column of each error."""
SOURCES = [
    'f(a=1, 2)',
    'f(**k, *a)',
    'f(a=1, a=2)',
    'f(x for x in y, 1)',
    'f(1=2)',
    'f(a.b=1)',
    'f(True=1)',
    "print 'x'",
    "exec 'x'",
    'f(__debug__=1)',
    'print(a b)',
    'f(a, b c)',
]
for source in SOURCES:
    try:
        compile(source, "<s>", "exec")
        print(repr(source), "fine")
    except SyntaxError as error:
        print(repr(source), type(error).__name__, error.msg, error.lineno, error.offset)
