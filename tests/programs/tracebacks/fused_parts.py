"""An error in each component of each superinstruction of straight-line code: every operation of warm code fails in turn, and carets
show whose error it is."""
from _failing import errors_of


def f_sums(a, b, c):
    x = a + b + c + a
    y = a + 1 + b + 2 + c
    y = b + (a + 2) * 3
    z = (a + b) * (b + c)
    z = 1 + (a + (b + c))
    x = y = z
    return x + (a + b)


def f_sums_2(a, b, c):
    a += b + c
    if a:
        a = b + 1
    b = a + b
    x = b.at
    c = a + b
    x = 7 - (b * 2 + 5)
    c = (a + b + 1) * (a + 2) + 3
    c = a + (b + (c + a) + 4) * 5
    b = c * 1 + 2
    return a + b


def f_returns_constant(a, b):
    return a + b + 1


def f_returns_three(a, b, c):
    return a + b + c


def f_returns_attribute(a):
    return a.at


def f_returns_attributes(a, b):
    return a.x * b.x + (a.y * b.y + a.z * b.z)


def f_subscripts(a, b, c):
    x = a[b]
    y = a[b] + c[a]
    x = a[b][c] + a[b]
    y = a[b] + b
    z = (a + b)[c]
    x = a[b + 1][c] + c
    y = a[b + c] < a
    y = a[b + c][a + b]
    y = c + a[b] * b + a
    x = a[b] * c + a
    z = a[1] + 2 + b
    z = a[b] + 2 + b
    return a[b]


def f_stores(a, b, c):
    a[b] = c
    a[b] = c + 1
    a[b] = b + c
    a[b], a[c] = a[c], a[b]
    a[b], a[c] = b, c
    a.x = b
    a.x = b.y = c
    a.x += 1
    a.x -= 1 + 1
    b.y += 2
    b.x = c + a
    c = a.x
    a[b] += 1
    a[1] += b
    a[2 + b] += c
    a.x = c
    a.y = 7
    a.x = []
    b.x = c
    a.x = c.y + 3
    a.f(b)
    a[b] = c
    a[b] = 7 + 1


def f_stores_2(a, b, c):
    a[b] = c
    a[c] = b + 1
    a[b] = c
    b = a + 1
    a[c] = b
    c = a + b
    a[b] = c
    x = a + b
    x = a[b] + c
    a[b + c] = x
    x = a - b
    a.x = b
    c.f()
    a.x = b
    a.y.f()
    a.x = b
    x = a.x < 5
    a.x = b
    c.y = a


def f_stores_none(a, b):
    a.x = b


def f_attributes(a, b, c):
    x = a.x
    y = a.x.f(b)
    y = a.x.y.f()
    y = a.x.f()
    y = a.x.f(1)
    y = a.x.f(b, c)
    x = a.x + b.y
    x = a.x + b.y < c
    x = a.x < b.y
    x = a.f(b.g(c))
    x = a.f(b.x)
    b.x = a.x
    b.x.y = a.x
    c = a.x + 1 + 2
    x = a.x[b] + c
    x = a.f(b)
    x = a.f()
    x = a.f(1)
    y = a[b].f()
    y = a.x + 2
    x = a.x[b][c]
    if a.x > 1:
        x = 1
    if not a.x:
        x = 2
    x = not a.x
    return x


def f_method_first(a):
    return a.f()


def f_method_first_2(a, b):
    return a.f(b)


def f_calls(a, b, c):
    x = a(b)
    x = a(1)
    x = a(b + c)
    x = a(b + 1)
    x = a(b * 2 + c)
    x = a((b + c) * 2 + 1)
    x = a(b, c + 1)
    x = a(b + c, a)
    x = a(1 + b, c)
    x = a(1 + b, c, a)
    x = a(b)
    return a(b, c)


def f_first_constant(a, b):
    return "x", a, b


def f_first_operands(a, b):
    x = a + b
    return x


def f_copies(a, b):
    a[0] += b
    a.x += 1
    a[b] += b + 1
    a[1] -= 2 + b
    return a


raise errors_of(globals())
