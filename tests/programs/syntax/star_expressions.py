"""Where starred expressions are allowed."""
def f(*a, **k): return a, k
a = *range(2), 5
print(a, f(*a, *[1], k=1, *[2]), f(**{"x": 1}, y=2))
x = {}
x[1, *a] = "star in a subscript"
print(x, x[1, *a], x[1, 0, 1, 5])
for i in *a, 9: print(i, end=" ")
print()
def r(): return *a, 1
def y(): yield *a, 1
print(r(), next(y()))
b, *c = *a, *"xy"
print(b, c)
first, (second, *rest), *_ = 1, [2, 3, 4], 5, 6
print(first, second, rest, _)
print([*a, *[*a]], {*a, *()} == {0, 1, 5}, (*a,), *a, *(), sep="|")
class C(*[int]): pass
print(C(5), C.__mro__[1])
class D(*(), **{"metaclass": type}): pass
print(D.__name__)
*d, = "ab"
[*e] = "cd"
(*g,) = "ef"
print(d, e, g)
def types(*args: int, **kw: str): return args
print(types(*a), f(*"ab", **dict(z=1)))
lambda *a, **k: (a, k)
print((lambda *a, k=1, **kw: (a, k, kw))(*a, **{"k": 2, "m": 3}))
