"""Mapping and class patterns."""
def show(function, *args, **kwargs):
    try:
        print(repr(function(*args, **kwargs)))
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


class P:
    __match_args__ = ("x", "y")

    def __init__(self, x, y):
        self.x, self.y = x, y


class Q:
    def __init__(self):
        self.a = 1


def f(v):
    match v:
        case {"k": 1}:
            return "k is one"
        case {"k": n, **rest}:
            return f"k {n} rest {rest}"
        case {"outer": {"inner": [a, *_]}}:
            return f"inner {a}"
        case {}:
            return "some mapping"
        case P(0, 0):
            return "origin"
        case P(0, y=yy):
            return f"on axis {yy}"
        case P(x=xx, y=P(a, b)):
            return f"nested {xx} {a} {b}"
        case P(a, b) if a == b:
            return "diagonal"
        case P():
            return "point"
        case Q(a=1):
            return "q one"
        case int() | str():
            return "int or str"
        case list([a]) | tuple((a,)):
            return f"only {a}"
        case float(z):
            return f"float {z}"
        case _:
            return "other"


for v in ({"k": 1}, {"k": 2, "z": 3}, {"outer": {"inner": [7, 8]}}, {}, {"w": 1}, P(0, 0), P(0, 5), P(1, P(2, 3)), P(4, 4), P(4, 5), Q(), 5, "s", [1], (2,), 1.5, None, [1, 2]):
    print(f(v))


def too_many(v):
    match v:
        case P(a, b, c):
            return a


def no_args(v):
    match v:
        case Q(a):
            return a


def twice(v):
    match v:
        case P(a, x=b):
            return a


def bad_class(v):
    match v:
        case five(a):
            return a


five = 5
show(too_many, P(1, 2))
show(no_args, Q())
show(twice, P(1, 2))
show(bad_class, 1)
P.__match_args__ = ["x"]
show(too_many, P(1, 2))
