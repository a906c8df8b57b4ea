"""Starred expressions: message, line and column of each error."""
SOURCES = [
    'del *a',
    '*a',
    '*a = 1',
    'a, *b, *c = d',
    '(*a)',
    '**a',
    'x = *a',
    '{*a: 1}',
    '{1: *a}',
]
for source in SOURCES:
    try:
        compile(source, "<s>", "exec")
        print(repr(source), "fine")
    except SyntaxError as error:
        print(repr(source), type(error).__name__, error.msg, error.lineno, error.offset)
