"""Targets of assignment: nested, starred, attributes, subscripts; messages when the count is wrong."""
def show(function, *args, **kwargs):
    try:
        print(repr(function(*args, **kwargs)))
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


a, b = 1, 2
a, b = b, a
print(a, b)
(c, [d, *e]), f = (1, "xyz"), 5
print(c, d, e, f)
*g, = range(3)
h, *i, j = "ab"
print(g, h, i, j)
k = l = m = []
print(k is l is m)
x = [0, 1, 2]
p, x[p] = 1, "set"
print(p, x)


def two(value):
    a, b = value
    return a, b


def starred(value):
    a, *b, c = value
    return a, b, c


show(two, [1])
show(two, [1, 2, 3])
show(two, "abc")
show(two, {1: 1, 2: 2})
show(two, 5)
show(two, None)
show(two, iter([1]))
show(two, iter([1, 2, 3]))
show(two, {1, 2, 3})
show(starred, [1])
show(starred, [1, 2])
show(starred, "abcd")
show(starred, 5)
show(two, range(2))


def empty():
    () = [1]


show(empty)
[] = ()
() = []
for q, (r, *s) in [(1, "abc"), (2, [3])]:
    print(q, r, s)
