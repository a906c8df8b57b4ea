"""enumerate, zip, map, filter, reversed, iter with a sentinel."""
def show(function, *args, **kwargs):
    try:
        print(repr(function(*args, **kwargs)))
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


print(list(enumerate("ab")), list(enumerate("ab", 5)), list(enumerate([], start=1)), list(zip([1, 2], "ab")), list(zip([1, 2, 3], "ab")), list(zip()), list(zip([1])), list(zip("ab", "cd", strict=True)))
print(list(map(str, [1, 2])), list(map(lambda a, b: a + b, [1, 2, 3], [10, 20])), list(filter(None, [0, 1, "", "a"])), list(filter(lambda x: x > 1, [1, 2, 3])), list(reversed([1, 2])), list(map(max, [1, 5], [3, 2])))
items = [1, 2, 3, 0, 4]
print(list(iter(items.pop, 0)), items, list(iter(lambda: 1, 1)))
show(lambda: list(zip([1], [1, 2], strict=True)))
show(lambda: list(zip([1, 2], [1], strict=True)))
show(lambda: list(zip([1, 2], [1, 2], [1], strict=True)))
show(lambda: list(zip([1], [1], [1, 2], strict=True)))
show(zip, [1], 5)
show(zip, [1], strict=1, x=2)
show(enumerate, [], "a")
show(enumerate)
show(lambda: list(map(5, [1])))
show(lambda: list(map(len, [1])))
show(lambda: list(filter(5, [1])))
show(iter, 5, 5)
show(iter)
show(next, iter([]))
show(next, iter([]), 1, 2)
e = enumerate("abc", 10 ** 20)
print(next(e), type(e).__name__, iter(e) is e, type(zip()).__name__, type(map(len, [])).__name__, type(iter([])).__name__, type(iter("")).__name__, type(iter({})).__name__, type(reversed([])).__name__, type(iter(range(0))).__name__, type(iter(int, 1)).__name__)
z = zip(iter([1, 2, 3]), iter([1]))
print(list(z), list(z), sum(map(int, "123")), dict(zip("ab", range(2))), [*map(lambda p: p[0], enumerate("x"))], max(enumerate([3, 9]), key=lambda p: p[1]))
