"""range: attributes, membership, slicing, equality, errors."""
def show(function, *args, **kwargs):
    try:
        print(repr(function(*args, **kwargs)))
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


r = range(1, 10, 3)
print(r, r.start, r.stop, r.step, len(r), list(r), r[1], r[-1], r[1:], r[::-1], 4 in r, 5 in r, 4.0 in r, r.index(7), r.count(4), r.count(5))
print(range(5), range(0), list(range(5, 0, -2)), range(3) == range(0, 3), range(0) == range(5, 5), range(0, 3, 2) == range(0, 4, 2), hash(range(3)) == hash(range(0, 3, 1)), bool(range(0)), list(reversed(range(4))))
print(len(range(10 ** 18)), 10 ** 20 in range(10 ** 30), range(10 ** 30)[10 ** 20], range(10 ** 20, 10 ** 20 + 3), list(range(10 ** 20, 10 ** 20 + 2)), range(True, 3), min(range(3, 9)), range(10)[2:8:3], range(-5, 5)[::4])
for f in (lambda: range(1.5), lambda: range("a"), lambda: range(1, 2, 0), lambda: range(), lambda: range(1, 2, 3, 4), lambda: r[5], lambda: r.index(5), lambda: r["a"], lambda: len(range(10 ** 30)), lambda: setattr(r, "start", 2), lambda: range(3) < range(4), lambda: range(3) + range(2), lambda: range(stop=3), lambda: range(None), lambda: r.nope, lambda: next(range(3))):
    show(f)
