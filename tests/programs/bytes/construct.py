"""Making bytes and bytearrays."""
def show(function, *args, **kwargs):
    try:
        print(repr(function(*args, **kwargs)))
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


print(bytes(), bytes(3), bytes([1, 2, 255]), bytes("é", "utf-8"), bytes(b"copy"), bytes(range(3)), bytearray(2), bytearray(b"x"), bytes(bytearray(b"z")), bytes(memoryview(b"mv")))
for args in [("a",), (-1,), ([256],), ([-1],), (["a"],), (1.5,), (None,), ("a", "nope"), (b"a", "utf-8"), ([1], "utf-8"), (1 << 100,), (1, 2, 3, 4)]:
    show(bytes, *args)
    show(bytearray, *args)


class B:
    def __bytes__(self):
        return b"from dunder"


class Bad:
    def __bytes__(self):
        return "text"


print(bytes(B()))
show(bytes, Bad())
print(b"a"[0], b"abc"[1:], list(b"ab"), b"a" + b"b", b"ab" * 2, b"a" in b"abc", 98 in b"abc", b"a" < b"b", b"a" == bytearray(b"a"), b"a" == "a", hash(b"a") == hash(b"a"), len(b"\x00"))
show(lambda: b"a" + "b")
show(lambda: b"a" < "b")
show(lambda: b"%d %s" % (1, b"x"))
