"""Truth of objects."""
def show(function, *args, **kwargs):
    try:
        print(repr(function(*args, **kwargs)))
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


class L:
    def __init__(self, n):
        self.n = n

    def __len__(self):
        return self.n


class B(L):
    def __bool__(self):
        return True


class E:
    def __bool__(self):
        raise ValueError("no truth")


print(bool(L(0)), bool(L(3)), bool(B(0)), bool(object()), not L(0))
for value in (None, 0, 0.0, -0.0, 0j, "", b"", (), [], {}, set(), range(0), frozenset(), Ellipsis, "0", [0]):
    print(repr(value), bool(value), end="; ")
print()
show(lambda: bool(E()))
show(lambda: not E())
show(lambda: 1 if E() else 2)
show(lambda: E() or 1)
show(lambda: len(L(-1)))
show(lambda: len(L(1 << 70)))
show(lambda: bool(L("a")))
show(lambda: len(L(None)))
