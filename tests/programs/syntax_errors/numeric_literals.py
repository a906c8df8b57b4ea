"""Numbers: message, line and column of each error."""
SOURCES = [
    '1a',
    '0777',
    '0b2',
    '0o8',
    '0xg',
    '1__0',
    '1_',
    '1e',
    '5x',
    '0_',
    '1._0',
    '0x_',
    '00001',
    '1.e',
]
for source in SOURCES:
    try:
        compile(source, "<s>", "exec")
        print(repr(source), "fine")
    except SyntaxError as error:
        print(repr(source), type(error).__name__, error.msg, error.lineno, error.offset)
