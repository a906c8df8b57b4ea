"""Stability, key, reverse, and errors in comparison."""
def show(function, *args, **kwargs):
    try:
        print(repr(function(*args, **kwargs)))
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


data = [("b", 2), ("a", 2), ("c", 1), ("a", 1)]
print(sorted(data), sorted(data, key=lambda p: p[1]), sorted(data, key=lambda p: p[1], reverse=True), sorted(data, key=lambda p: (-p[1], p[0])))
print(sorted("hello"), sorted({3, 1, 2}), sorted({"b": 1, "a": 2}), sorted([True, 0, 2.5, -1]), sorted([[2], [1, 5], [1]]), sorted("bAc", key=str.lower), sorted(["10", "9"], key=int))
print(sorted([3, 1, 2], reverse=True), sorted([], key=None), sorted((x % 3, x) for x in range(6)), sorted([1.5, 1, 0.5, 10 ** 20]), sorted(range(5, 0, -1)))
big = [(i * 7919) % 1009 for i in range(300)]
print(sorted(big) == list(sorted(set(big))) if len(set(big)) == 300 else "dups", sorted(big)[:5], sorted(big, key=lambda x: x % 10)[:5], sorted(big, reverse=True)[:3])
runs = list(range(100)) + list(range(50, 0, -1)) + list(range(30))
print(sorted(runs)[::20], sorted(runs, key=lambda x: -x)[::40])


class Only:
    count = 0

    def __init__(self, n):
        self.n = n

    def __lt__(self, other):
        Only.count += 1
        return self.n < other.n

    def __repr__(self):
        return str(self.n)


print(sorted([Only(3), Only(1), Only(2)]), Only.count, max([Only(1)], default=None))
show(sorted, [1, "a"])
show(sorted, [1, None])
show(sorted, [1], key=lambda: 0)
show(sorted, [1j, 2j])
show(sorted, [{}, {}])
show(sorted, [1], reverse="yes")
show(sorted, [3, 1], reverse=None)
show(sorted)
show(sorted, [1], foo=1)
