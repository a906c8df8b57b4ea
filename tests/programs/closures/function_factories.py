"""Functions returning functions: partial application, composition, memoisation, state machines, Y combinator."""
def partial(f, *args, **kw):
    return lambda *a, **k: f(*args, *a, **{**kw, **k})


def curry(f):
    n = f.__code__.co_argcount
    def collect(*args):
        return f(*args) if len(args) >= n else lambda *more: collect(*args, *more)
    return collect


def compose(*fs):
    def composed(x):
        for f in reversed(fs):
            x = f(x)
        return x
    return composed


def flip(f):
    return lambda a, b: f(b, a)


def machine(table, start):
    state = start
    def step(symbol):
        nonlocal state
        state = table[state, symbol]
        return state
    step.reset = lambda: step.__closure__[0].cell_contents
    return step


@curry
def volume(a, b, c):
    return a * b * c


print(partial(max, 5)(3, 9), partial(int, base=2)("101"), volume(2)(3)(4), volume(2, 3)(4), volume(1)(2, 3), compose(str, abs, lambda x: x - 10)(3), flip(divmod)(3, 10))
m = machine({("a", 0): "b", ("b", 1): "a", ("b", 0): "b"}, "a")
print(m(0), m(0), m(1))
Y = lambda f: (lambda x: x(x))(lambda x: f(lambda *a: x(x)(*a)))
print(Y(lambda fact: lambda n: 1 if n == 0 else n * fact(n - 1))(10), Y(lambda fib: lambda n: n if n < 2 else fib(n - 1) + fib(n - 2))(12))


def counter():
    counts = {}
    def hit(key):
        counts[key] = counts.get(key, 0) + 1
        return counts[key]
    def report():
        return dict(sorted(counts.items()))
    return hit, report


hit, report = counter()
for c in "mississippi":
    hit(c)
print(report(), hit.__closure__[0].cell_contents is report.__closure__[0].cell_contents)
adders = {n: (lambda x, n=n: x + n) for n in range(3)}
print([adders[n](10) for n in adders], [f(1) for f in map(lambda k: lambda x: x * k, range(3))])
