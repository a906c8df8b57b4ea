"""A truth test that sees every type."""
class Len:
    def __init__(self, n):
        self.n = n

    def __len__(self):
        return self.n


class Bool:
    def __bool__(self):
        return False


class Raises:
    def __bool__(self):
        raise ValueError("no truth value")


def test(x):
    if x:
        return "T"
    return "F"


def negate(x):
    return not x


for _ in range(100):
    test(True), negate(1)
for x in [True, False, None, 0, 1, -5, 2 ** 70, 0.0, 1.5, "", "a", [], [0], (), (0,), {}, {1: 1}, set(), b"", b"x", Len(0), Len(2), Bool(), object(), range(0), 0j, test, int]:
    for _ in range(25):
        result = test(x), negate(x)
    print(*result, end=" ")
print()
try:
    test(Raises())
except ValueError as error:
    print(error)
Len.__bool__ = lambda self: True
print(test(Len(0)))
object_class = type("O", (), {})
o = object_class()
for _ in range(100):
    test(o)
object_class.__len__ = lambda self: 0
print(test(o))
del object_class.__len__
print(test(o))
