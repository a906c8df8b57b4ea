"""Conversions between types, all pairs."""
def show(function, *args, **kwargs):
    try:
        print(repr(function(*args, **kwargs)))
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


values = [0, 1, -5, 2 ** 70, 1.5, -0.0, float("inf"), "12", "1.5", "abc", "", b"12", True, None, [1, 2], (1, 2), {1: 2}, {3}, range(2), 1j, bytearray(b"a")]
for cls in (int, float, complex, str, bool, list, tuple, bytes, dict, repr, ascii, len, hash, iter, abs, sum, sorted):
    print(cls.__name__)
    for value in values:
        if cls in (hash,) and isinstance(value, (str, bytes)) or value is None and cls is hash:
            continue
        if cls is iter:
            try:
                print("  ", type(iter(value)).__name__)
            except TypeError as error:
                print("  ", error)
            continue
        print("  ", end="")
        show(cls, value)
