"""min, max, sum, any, all with their options."""
def show(function, *args, **kwargs):
    try:
        print(repr(function(*args, **kwargs)))
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


print(min(3, 1, 2), max([1, 5, 3]), min("hello"), max("a", "b", key=ord), max([], default=0), min(["bb", "a"], key=len), max([1, 1.0, True]), min([(1, "b"), (1, "a")]), max({"a": 5, "b": 1}), max({"a": 5, "b": 1}.items(), key=lambda p: -p[1]))
print(sum([]), sum([1, 2], 10), sum([[1], [2]], []), sum((0.1, 0.2)), sum(range(101)), sum([True, True]), sum([1.5, 2]), sum({1: 2}), sum([1j, 1]), sum([(1,), (2,)], ()))
print(any([]), all([]), any([0, "", None, 1]), all([1, "a", []]), any(x > 3 for x in range(5)), all(iter([1, 2])))
for f in (lambda: max(), lambda: max([]), lambda: min(()), lambda: max(1), lambda: max(1, 2, default=3), lambda: max([1], key=5), lambda: max([1, "a"]), lambda: sum(["a"]), lambda: sum([b"a"], b""), lambda: sum("ab", ""), lambda: sum(5), lambda: sum([1], start="x"), lambda: sum(), lambda: any(5), lambda: all(), lambda: any([], []), lambda: max([1], foo=1), lambda: min(None), lambda: sum([[]])):
    show(f)
