"""Tuples: construction, methods, immutability."""
def show(function, *args, **kwargs):
    try:
        print(repr(function(*args, **kwargs)))
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


print((), (1,), (1, 2), 1, tuple("ab"), tuple([1]), tuple(), (1,) + (2,), (1, 2) * 2, (1, 2)[0], (1, 2, 3)[1:], len((1, 2)), 1 in (1, 2))
print((1, 2, 1).count(1), (1, 2).index(2), (1, (2, 3)), hash((1, 2)) == hash((1, 2)), (1, 2) == (1, 2.0), ((),), tuple(x for x in range(3)), repr(("a", 1.5, None)))
for f in (lambda: (1,).index(5), lambda: (1,)[5], lambda: (1,) + [2], lambda: (1,) * "a", lambda: (1,).append(2), lambda: tuple(5), lambda: tuple(1, 2), lambda: hash(([],)), lambda: (1,).index(), lambda: tuple(x=1), lambda: (1, 2).count()):
    show(f)


def assign():
    t = (1, 2)
    t[0] = 5


def delete():
    t = (1, 2)
    del t[0]


show(assign)
show(delete)
t = (1, [2])
t[1].append(3)
print(t)
a = b = ()
print(tuple(t) is t, a is b, t[:] is t)
