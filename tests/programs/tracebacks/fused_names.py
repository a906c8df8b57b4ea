"""Like fused_parts.py, where globals and cells are read: they lose their values."""
from _failing import Two, V, errors_of


def f_globals(a, b):
    x = g(a)
    x = g(a, 1)
    x = g(a, b)
    x = g(a.x)
    x = g(a.f())
    x = g(g, a)
    x = g(h, a, 1)
    x = g(h, a)
    x = g(a, h)
    x = g(a, h, 1)
    x = g(1, 2)
    x = g(-a)
    x = g((g, h))
    x = g((h, k))
    x = g(h)
    x = g(a, 1, b)
    x = g(a, 1 + b)
    x = a + g(a)
    x = a + g(b)
    x = b + g
    x = 1 + (a + g * 2)
    x = a + g * 2 - 1
    x = a(g, b)
    x = a(g(b))
    x = a(g, h(b))
    x = a < g
    if a < g:
        x = 1
    x = (a, g, h, b)
    y = g(h())
    return g(a)


def f_globals_2(a):
    b = a
    g(b)
    x = [a, g]
    for x in a:
        g(x)
    for x in a:
        x = [x, g]
    for x in a:
        g(h(x))


def f_mixtures(a, b, c):
    x = [a + b, g(a)]
    x = a + b * c[a]
    x = [a + b[c], a, b]
    x = a.f(b, 1)
    c = a.x
    x = c + 1
    x = a(b + 1, c)
    x = a * g + 1
    p = two
    x, a[b] = p
    return a + b * c.x


def f_unpacks(a, b):
    p = two
    for x, y in p:
        x = y
    for x, y in [p]:
        x = y
    for x, y in [p, p]:
        b = x
    x, y = p
    y = x + y
    x, b = p
    z = b + a
    y = b
    x, a.x = p
    return x


def f_calls_local(a, b):
    f = a
    x = [b, f(b)]
    for f in a:
        f(b)
    for f in a:
        x = [f, b(f)]
    return x


def make():
    cell = V()

    def f_cell(a, b):
        x = cell + 1
        x = cell[a] + b
        x = g(a, cell)
        return [cell, a]

    return f_cell


g = h = k = V()
two = Two()
f_cell = make()
raise errors_of(globals())
