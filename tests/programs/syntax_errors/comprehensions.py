"""Comprehensions and displays: message, line and column of each error."""
SOURCES = [
    '[a := 1 for a in b]',
    '{**a for a in b}',
    '[*a for a in b]',
    '[x for 1 in y]',
    '[x, y for x in z]',
    '(x, y for x in z)',
    '{x: y, z for x in w}',
    '[1 2]',
    '{1 2}',
    '{1:2 3:4}',
    '{1:}',
    '{1:2, 3}',
    '{1, 2: 3}',
    '(1 for x)',
]
for source in SOURCES:
    try:
        compile(source, "<s>", "exec")
        print(repr(source), "fine")
    except SyntaxError as error:
        print(repr(source), type(error).__name__, error.msg, error.lineno, error.offset)
