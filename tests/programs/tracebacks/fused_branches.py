"""Like fused_parts.py, where code branches, loops and yields: what looks for interrupts is interrupted."""
from _failing import errors_of


def f_returns_local(a):
    if a < 3:
        return a
    return 0


def f_attribute_is_none(a):
    if a.x is None:
        return 1
    return 2


def f_compares(a, b, c):
    x = a < b
    x = a < 1
    if a < b:
        x = 1
    if a < 1:
        x = 2
    if a + b < 3:
        x = 3
    if a + b > 1 + 2:
        x = 4
    if a < b:
        return c
    return x


def f_compares_true(a, b):
    if not a < 1:
        return 1
    while a < 2:
        if b < a:
            return 2
    return 3


def f_truths(a, b, c):
    if a:
        x = 1
    x = a
    if x:
        x = b
    x = a + b
    if x:
        x = c
    if a + 1:
        x = 3
    if a % 2:
        x = 4
    return a and b


def f_contains(a, b):
    x = a in b
    if a in b:
        x = 1
    if b[a] in (1, 2):
        x = 2
    return x


def f_loops(a, b, c):
    for x in a:
        b + c
    for x in a:
        b[x] = c
    for x in a:
        b[x] = c + 1
    for x in a:
        b = x + 1
    for x in a:
        b = x + c
    for x in a:
        b = 1 + x
    for x in a:
        b = c + x * 2
    for x in a:
        c = (b + x) * (b + c)
    for x in a:
        c.x = b + x
    for x in a:
        c.x += b
    for x in a:
        c.x = c + 1
    for x in a:
        x(b)
    for x in a:
        b = x
    for x in a:
        y = 1 + x
    for x in a:
        b(x)
    for x in a:
        print if x else b


def f_loops_that_test(a, b, c):
    for x in a:
        if a < b:
            c = x
    for x in a:
        if x < 1:
            c = x
    for x in a:
        if a[x]:
            c = 1
    for x in a:
        if not a[x]:
            c = 1
    for x in a:
        if x in b:
            c = 1
    for x in a:
        if x not in b:
            c = 1
    for x in a:
        if b[c] < a:
            c = x


def f_loops_that_skip(a, b, c):
    for x in a:
        b[x + c] = a
    for x in a:
        if x < b:
            continue
        c = x


def f_generator(a, b):
    for x in a:
        yield a[b] + x
    for x in a:
        yield x
    yield a + b[a]
    yield b + a[x]
    yield x + a[b]
    yield


def f_drives(a, b):
    for x in f_generator(a, b):
        x
    while a < b:
        return b


raise errors_of(globals())
