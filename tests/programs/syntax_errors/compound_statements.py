"""if, for, while, try, with: message, line and column of each error."""
SOURCES = [
    'async with a: pass',
    'if x = 1: pass',
    'if x: pass\nelse if y: pass',
    'if True\n    pass',
    'for x in y pass',
    'while: pass',
    'else: pass',
    'try: pass',
    'try: pass\nexcept: pass\nexcept A: pass',
    'try: pass\nfinally',
    'with: pass',
    'try: pass\nexcept* : pass',
    'try: pass\nexcept A, B: pass',
    'for 1 in x: pass',
    'with a as 1: pass',
    'for f() in x: pass',
    'if a:\n    pass\nelif:\n    pass',
]
for source in SOURCES:
    try:
        compile(source, "<s>", "exec")
        print(repr(source), "fine")
    except SyntaxError as error:
        print(repr(source), type(error).__name__, error.msg, error.lineno, error.offset)
