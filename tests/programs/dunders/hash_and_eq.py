"""Hashing follows equality."""
def show(function, *args, **kwargs):
    try:
        print(repr(function(*args, **kwargs)))
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


class NoHash:
    def __eq__(self, other):
        return True


class Kept(NoHash):
    def __hash__(self):
        return 5


class Inherits(Kept):
    pass


class Redefines(Kept):
    def __eq__(self, other):
        return False


show(lambda: hash(NoHash()))
show(lambda: {NoHash(): 1})
show(lambda: {NoHash()})
print(hash(Kept()), hash(Inherits()), NoHash.__hash__, Redefines.__hash__)
show(lambda: hash(Redefines()))
print(hash(1) == hash(1.0) == hash(True) == hash(1 + 0j), hash(0), hash(-1), hash(-2), hash(2 ** 61 - 1), hash(2 ** 61), hash(-(2 ** 61)))
print(hash(0.5), hash(1.25), hash(float("inf")), hash(-float("inf")), hash(1e300), hash(0.1), hash(-0.1), hash(3j), hash(1 + 2j))
print(hash(()), hash((1,)), hash((1, 2, 3)), hash((1, (2, 3))), hash(range(3)), hash(range(0)))
print(hash(frozenset()), hash(frozenset([1, 2, 3])), hash(frozenset([frozenset()])))
print({1: "a", 1.0: "b", True: "c"}, {0, False, 0.0}, {1: 1}[True])


class Big:
    def __hash__(self):
        return 2 ** 70 + 1


print(hash(Big()), hash(2 ** 70 + 1))
class Minus:
    def __hash__(self):
        return -1


print(hash(Minus()))
show(hash, [])
show(hash, {})
show(hash, set())
show(hash, ([],))
show(hash, bytearray())
show(hash, slice(1))
