"""A set that changes while being iterated, and equality rules."""
def show(function, *args, **kwargs):
    try:
        print(repr(function(*args, **kwargs)))
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


def grows():
    s = {1, 2}
    for x in s:
        s.add(x + 10)


def shrinks():
    s = {1, 2}
    for x in s:
        s.discard(x)


show(grows)
show(shrinks)
print({1, 2} == {2, 1}, {1} == [1], {1, "a"} == {"a", 1}, set() == frozenset(), {(1, 2), (1, 2)}, len({1, 1.0, "1"}))
it = iter({5})
print(next(it), next(it, None), {x for x in range(3)} == set(range(3)), {*range(3)} - {1})
small = set(range(10))
print(small, {3, 1, 2}, {10, 20, 5}, {-1, -2}, {0, 8, 16}, {100, 200, 300, 400, 500})
removed = set(range(20))
for i in range(0, 20, 2):
    removed.remove(i)
print(removed, min(removed), max(removed), sum(removed), sorted(removed, reverse=True)[:2])
