"""A subscript that sees lists, tuples, strings, dicts, subclasses and user types."""
class L(list):
    def __getitem__(self, i):
        return "L", i


class D(dict):
    def __missing__(self, key):
        return "missing", key


class U:
    def __getitem__(self, i):
        return "U", i


class G(U):
    pass


def get(c, i):
    return c[i]


for _ in range(100):
    get([1, 2, 3], 1)
for c, i in [([1, 2], 1), ([1, 2], -1), ((3, 4), 0), ("xyz", 2), ("é", 0), ({"k": 5}, "k"), ({1: 6}, True), (L([1]), 0), (D(), "q"), (U(), 8), (G(), 9), (range(5), 2), (b"ab", 1), (bytearray(b"q"), 0), ([1, 2, 3], slice(1, None)), (list, int), ([7], False)]:
    for _ in range(40):
        value = get(c, i)
    print(value)
for c, i in [([1], 1), ([1], -2), ((1,), 5), ("a", 3), ({}, "k"), ([1], "a"), ([1], 1.0), (5, 0), (None, 0), ({}, []), ([1], 2 ** 70), ("a", None)]:
    for _ in range(3):
        try:
            get(c, i)
        except (TypeError, IndexError, KeyError) as error:
            message = f"{type(error).__name__}: {error}"
    print(message)
U.__getitem__ = lambda self, i: "changed"
print(get(U(), 1), get(G(), 1))
