"""Strings, bytes and f-strings: message, line and column of each error."""
SOURCES = [
    "'abc",
    '"""abc',
    "f'{'",
    "f'{}'",
    "f'{a b}'",
    "f'{a!x}'",
    "f'}'",
    "f'{a:{b:{c}}}'",
    "f'{lambda x: 1}'",
    "b'é'",
    "'\\x1'",
    "'\\N{nope}'",
    "'\\u12'",
    "u8'x'",
    "'a' 'b",
    "b'a' 'b'",
]
for source in SOURCES:
    try:
        compile(source, "<s>", "exec")
        print(repr(source), "fine")
    except SyntaxError as error:
        print(repr(source), type(error).__name__, error.msg, error.lineno, error.offset)
