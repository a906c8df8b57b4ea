"""Generator expressions: early evaluation of the first iterable, scoping."""
def show(function, *args, **kwargs):
    try:
        print(repr(function(*args, **kwargs)))
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


def noisy(n):
    print("make", n)
    return range(n)


g = (x * y for x in noisy(2) for y in noisy(x + 1))
print("made")
print(list(g))
n = 2
h = (x * n for x in [1, 2])
n = 10
print(list(h))
show(lambda: (x for x in 5))
lazy = (1 / x for x in [1, 0])
print(next(lazy))
show(next, lazy)
show(next, lazy)
print(sum(i for i in range(5) if i % 2), max((len(w), w) for w in ["a", "ccc", "bb"]))
print(dict((k, v) for k, v in zip("ab", [1, 2])), set(c for c in "aa"), tuple(i for i in range(3)))
print([list(g) for g in [(x for x in range(i)) for i in range(3)]])
print(any(print("any", x) or x for x in [0, 1, 2]), all(x for x in []))
