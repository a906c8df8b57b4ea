"""An error in each component of each superinstruction: every operation of warm code fails in turn, and carets show whose error it is."""
left = 0


def tick():
    global left
    left -= 1
    if left < 0:
        raise ValueError


class Items:
    def __init__(self, item, count):
        self.left, self.item = count, item

    def __iter__(self):
        return self

    def __next__(self):
        tick()
        if not self.left:
            raise StopIteration
        self.left -= 1
        return self.item


class V:
    """Does everything, and counts it."""

    def binary(self, other):
        tick()
        return self

    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __mod__ = __neg__ = binary
    __iadd__ = binary
    __getitem__ = binary

    def __neg__(self):
        tick()
        return self

    def compare(self, other):
        tick()
        return True

    __lt__ = __gt__ = __le__ = __ge__ = __contains__ = compare

    def __bool__(self):
        tick()
        return True

    def __getattr__(self, name):
        tick()
        return self

    def __setattr__(self, name, value):
        tick()

    def __setitem__(self, key, value):
        tick()

    def __call__(self, *args):
        tick()
        return self

    def __iter__(self):
        return Items(self, 1)


class No(V):
    """Like V, but false."""

    def compare(self, other):
        tick()
        return False

    __lt__ = __gt__ = __le__ = __ge__ = __contains__ = compare

    def __bool__(self):
        tick()
        return False


class Two(V):
    """Like V, but two items."""

    def __iter__(self):
        return Items(self, 2)


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


def f_returns_local(a):
    if a < 3:
        return a
    return 0


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


def f_attribute_is_none(a):
    if a.x is None:
        return 1
    return 2


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


def f_generator(a, b):
    for x in a:
        yield a[b] + x
    for x in a:
        yield x
    yield b + a[x]
    yield x + a[b]
    yield


def f_drives(a, b):
    for x in f_generator(a, b):
        x
    while a < b:
        return b


def f_first_constant(a, b):
    return "x", a, b


def f_first_operands(a, b):
    x = a + b
    return x


def make(unbind):
    def f_cell(a, b):
        x = cell + 1
        x = cell[a] + b
        x = g(a, cell)
        return [cell, a]
    cell = V()
    if unbind:
        del cell
    return f_cell


def f_calls_local(a, b):
    f = a
    x = [b, f(b)]
    for f in a:
        f(b)
    for f in a:
        x = [f, b(f)]
    return x


def f_copies(a, b):
    a[0] += b
    a.x += 1
    a[b] += b + 1
    a[1] -= 2 + b
    return a


def collect(f, args):
    """The errors of f, when its operations fail one after the other."""
    global left
    errors = []
    k = 0
    while True:
        left = k
        k += 1
        try:
            result = f(*args)
            if f is f_generator:
                list(result)
        except ValueError as error:
            keep(error, f, errors)
        else:
            return errors


def keep(error, f, errors):
    traceback = error.__traceback__
    while traceback and traceback.tb_frame.f_code is not f.__code__:
        traceback = traceback.tb_next
    if traceback:
        traceback.tb_next = None
        errors.append(error.with_traceback(traceback))


g = h = V()
two = Two()
functions = [f for name, f in sorted(globals().items()) if name.startswith("f_")]
bound, unbound = make(False), make(True)
branching = f_compares, f_compares_true, f_truths, f_contains, f_loops_that_test, f_loops_that_skip, f_returns_local
groups = []
for f in [*functions, bound]:
    count = f.__code__.co_argcount
    for args in [(V(),) * count, (No(),) * count] if f in branching else [(V(),) * count]:
        left = 10**9
        for _ in range(12):
            result = f(*args)
            if f is f_generator:
                list(result)
        errors = collect(f, args)
        if errors:
            groups.append(ExceptionGroup(f.__name__, errors[:15]))
            groups += [ExceptionGroup(f.__name__, errors[i:i + 15]) for i in range(15, len(errors), 15)]
left = 10**9
for name in "gh":
    value = globals().pop(name)
    errors = []
    for f in [f_globals, f_globals_2]:
        try:
            f(*(V(),) * f.__code__.co_argcount)
        except NameError as error:
            keep(error, f, errors)
    groups.append(ExceptionGroup(name, errors))
    globals()[name] = value
unbound_errors = []
for _ in range(12):
    try:
        unbound(V(), V())
    except NameError as error:
        unbound_errors[:] = [error.with_traceback(error.__traceback__.tb_next)]
groups.append(ExceptionGroup("unbound", unbound_errors))
print(len(groups), sum(len(g.exceptions) for g in groups))
outer = [ExceptionGroup("fifteen", groups[i:i + 15]) for i in range(0, len(groups), 15)]
raise ExceptionGroup("all", outer)
