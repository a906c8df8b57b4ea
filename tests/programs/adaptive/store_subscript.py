"""Subscript stores into different containers."""
class L(list):
    def __setitem__(self, i, v):
        super().__setitem__(i, ("wrapped", v))


def put(c, i, v):
    c[i] = v


base = [0, 0, 0]
for n in range(100):
    put(base, n % 3, n)
print(base)
for c, i in [([1, 2], 0), ([1, 2], -1), ({}, "k"), ({1: 1}, 1), (bytearray(b"abc"), 1), (L([1, 2]), 1), ([1, 2, 3], slice(0, 2))]:
    for n in range(40):
        put(c, i, n if not isinstance(i, slice) else [n, n])
    print(c)
for c, i in [([1], 1), ((1,), 0), ("a", 0), (5, 0), ({}, []), ([1], "x"), ([1], -2), (bytearray(b"a"), 5)]:
    try:
        put(c, i, 1)
    except (TypeError, IndexError) as error:
        print(error)
