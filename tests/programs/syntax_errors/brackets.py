"""Brackets that do not match: message, line and column of each error."""
SOURCES = [
    '(1, 2',
    '[1, 2)',
    '{1: 2',
    ')',
    'x = (',
]
for source in SOURCES:
    try:
        compile(source, "<s>", "exec")
        print(repr(source), "fine")
    except SyntaxError as error:
        print(repr(source), type(error).__name__, error.msg, error.lineno, error.offset)
