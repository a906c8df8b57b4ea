"""frozensets: hashing, mixing with sets, type of results."""
def show(function, *args, **kwargs):
    try:
        print(repr(function(*args, **kwargs)))
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


f = frozenset([1, 2])
s = {2, 3}
print(f | s, s | f, f & s, type(f - s).__name__, type(s - f).__name__, f == {1, 2}, {f: 1}[frozenset({2, 1})], f in {f}, {1, 2} in {f})
print(hash(f) == hash(frozenset([2, 1])), frozenset(f) is f, f.copy() is f, f.union([5]), frozenset("a") <= frozenset("ab"), sorted(f), len(f))
f |= {9}
print(f, type(f).__name__)
t = set([frozenset()])
print(t, frozenset({frozenset()}), repr(frozenset({3})))
show(lambda: {s})
show(lambda: f.remove(1))
show(lambda: f.__setitem__)


class S(set):
    pass


class F(frozenset):
    pass


print(S([1]), F([1]), type(S([1]) | {2}).__name__, type(F([1]) | {2}).__name__, S() == set(), type(S([1]).copy()).__name__)
