"""import statements: message, line and column of each error."""
SOURCES = [
    'import a.b as',
    'from . import *',
    'def f(): from a import *',
    'from a import',
    'import',
    'from __future__ import nope',
    'import 1',
    'import a, from b',
]
for source in SOURCES:
    try:
        compile(source, "<s>", "exec")
        print(repr(source), "fine")
    except SyntaxError as error:
        print(repr(source), type(error).__name__, error.msg, error.lineno, error.offset)
