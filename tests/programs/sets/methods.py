"""Every set method and operator."""
def show(function, *args, **kwargs):
    try:
        print(repr(function(*args, **kwargs)))
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


s = {1, 2, 3}
s.add(4)
s.add(1)
s.discard(9)
s.remove(4)
s.update([5], (6,))
print(sorted(s), len(s), 5 in s, s.pop() in range(10))
a, b = {1, 2, 3}, {3, 4}
print(a | b, a & b, a - b, a ^ b, a.union(b, [9]), a.intersection([1, 2], [2]), a.difference([1]), a.symmetric_difference([1, 7]))
print(a <= b, {1} < a, a >= {1, 2}, a > a, a == {3, 2, 1}, a != b, a.issubset(range(5)), a.issuperset([1]), a.isdisjoint([8]))
c = a.copy()
c |= {10}
c &= {1, 10, 11}
c -= {10}
c ^= {2}
print(c, a)
c.difference_update([1])
c.intersection_update([2, 3])
c.symmetric_difference_update([5])
print(c, set(), frozenset(), frozenset([1]), {1, 1.0, True}, set("a"), {*()})
for f in (lambda: a.remove(9), lambda: set().pop(), lambda: a.add([]), lambda: a | [1], lambda: a < [1], lambda: a + b, lambda: set(5), lambda: set(1, 2), lambda: a[0], lambda: hash(a), lambda: a.update(5), lambda: {[]}, lambda: [] in a, lambda: a.remove([]), lambda: frozenset([1]).add(2), lambda: a.__ior__([1]), lambda: a.union(5), lambda: a.add(), lambda: a - 5, lambda: set(x=1)):
    show(f)
a.clear()
print(a, bool(a))
