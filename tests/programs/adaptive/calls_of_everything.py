"""One call site, many kinds of callable."""
def call(f, x):
    return f(x)


class C:
    def __init__(self, x):
        self.x = x

    def __repr__(self):
        return f"C({self.x})"

    def method(self, x):
        return ("method", x)

    @classmethod
    def cm(cls, x):
        return ("cm", x)

    @staticmethod
    def sm(x):
        return ("sm", x)

    def __call__(self, x):
        return ("call", x)


class NoInit:
    pass


class New:
    def __new__(cls, x):
        return ("new", x)


def two(x, y=5):
    return (x, y)


def star(*args):
    return args


def kw(x, **kwargs):
    return x, kwargs


def gen(x):
    yield x


def cell():
    n = 0
    def inner(x):
        nonlocal n
        n += 1
        return x, n > 0
    return inner


for _ in range(100):
    call(two, 1)
o = C(0)
for f in [two, star, kw, lambda x: x + 1, cell(), C, New, o.method, C.cm, o.cm, C.sm, o, str, int, tuple, type, list, len, abs, [9].append, "a-b".split, {"k": 1}.get, max, print, isinstance, range, NoInit, gen, 5, None, divmod]:
    arg = "7" if f in (int, str) else [3, 4] if f in (tuple, list, len, max) else "-" if getattr(f, "__name__", "") == "split" else 3
    for _ in range(30 if f is not print else 1):
        try:
            result = call(f, arg)
        except TypeError as error:
            result = f"TypeError: {error}"
    print(list(result) if hasattr(result, "send") else result)
