"""Indentation: message, line and column of each error."""
SOURCES = [
    '  x = 1',
    'if 1:\nx',
    'if 1:\n    x\n  y',
    'if 1:\n\tx\n        y',
    'def f():',
    'class C:\n',
    'for x in y:\n# comment\n',
    'x = 1\n  y = 2',
]
for source in SOURCES:
    try:
        compile(source, "<s>", "exec")
        print(repr(source), "fine")
    except SyntaxError as error:
        print(repr(source), type(error).__name__, error.msg, error.lineno, error.offset)
