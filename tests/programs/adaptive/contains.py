"""Membership tests over changing containers."""
class C:
    def __contains__(self, x):
        return x == 5


def inside(x, c):
    return x in c


def outside(x, c):
    return x not in c


for _ in range(100):
    inside(1, {1, 2})
for x, c in [(1, {1}), (1, {1: 2}), (3, [1, 2]), (3, (3,)), ("a", "abc"), (5, C()), (2, range(5)), (1, frozenset({1})), (1, iter([0, 1])), (97, b"a"), ("k", {"k": 0}.keys())]:
    for _ in range(30):
        result = inside(x, c if not hasattr(c, "__next__") else iter([0, 1])), outside(x, c if not hasattr(c, "__next__") else iter([0, 1]))
    print(*result)
for x, c in [([], {1}), (1, 5), (1, "a"), ({}, {}), (1, None)]:
    try:
        inside(x, c)
    except TypeError as error:
        print(error)
