"""bytes and bytearray methods."""
def show(function, *args, **kwargs):
    try:
        print(repr(function(*args, **kwargs)))
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


b = b"Hello World"
print(b.upper(), b.lower(), b.swapcase(), b.title(), b.capitalize(), b.find(b"o"), b.find(111), b.rfind(b"o"), b.count(b"l"), b.index(b"W"), b.replace(b"o", b"0"), b.split(), b.split(b"o"), b.partition(b" "))
print(b.startswith(b"He"), b.endswith((b"x", b"ld")), b" a ".strip(), b"xax".strip(b"x"), b"-".join([b"a", bytearray(b"b")]), b"a\nb".splitlines(), b"5".zfill(3), b"a".center(3), b"a".ljust(2, b"."), b"a\tb".expandtabs(2))
print(b.hex(), b.hex(" "), b.hex("-", 2), bytes.fromhex("48 65 6c"), b"abc".translate(bytes.maketrans(b"ab", b"xy")), b"abc".translate(None, b"b"), b"ab".isalpha(), b"12".isdigit(), b"\xe9".decode("latin-1"), b"caf\xc3\xa9".decode(), b"pre-x".removeprefix(b"pre-"))
show(b.find, "o")
show(b.split, "")
show(b.split, b"")
show(b.index, b"zz")
show(b"-".join, ["a"])
show(b.replace, "a", "b")
show(b.startswith, "H")
show(bytes.fromhex, "4g")
show(bytes.fromhex, "123")
show(b"\xff".decode)
show(b"\xff".decode, "ascii")
show(b"ab\xe9".decode, "utf-8", "strict")
print(b"a\xffb".decode("utf-8", "replace"), b"a\xffb".decode("ascii", "ignore"), b"a\xff".decode("utf-8", "backslashreplace"), ascii(b"\xff".decode("utf-8", "surrogateescape")))
show(b"a".decode, "nope")
show(b"a".decode, "utf-8", "nope")
show(b"\xff".decode, "utf-8", "nope")
