"""Operators and stray characters: message, line and column of each error."""
SOURCES = [
    '$x',
    'a ? b',
    'a b',
    'a 1',
    '1 2',
    'x == ',
    'a not b',
    'a is',
    'not',
    '~',
    'a..b',
    'a.1',
    '@',
    '@x',
    '->',
    'a -> b',
    'a <> b',
    'a := 1',
    '\\',
    'a\\\n',
    'assert',
    'raise a from',
    'x.None',
    'x if y',
    'x if y else',
    '`a`',
    'pass pass',
    '\xa0x',
    '“x”',
]
for source in SOURCES:
    try:
        compile(source, "<s>", "exec")
        print(repr(source), "fine")
    except SyntaxError as error:
        print(repr(source), type(error).__name__, error.msg, error.lineno, error.offset)
