"""Binary operators, reflected ones, and NotImplemented."""
def show(function, *args, **kwargs):
    try:
        print(repr(function(*args, **kwargs)))
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


class N:
    def __init__(self, name):
        self.name = name

    def __repr__(self):
        return self.name


def forward(symbol):
    return lambda self, other: f"({self}{symbol}{other})"


def reflected(symbol):
    return lambda self, other: f"({other}{symbol}{self} reflected)"


for name, symbol in [("add", "+"), ("sub", "-"), ("mul", "*"), ("truediv", "/"), ("floordiv", "//"), ("mod", "%"),
                     ("pow", "**"), ("lshift", "<<"), ("rshift", ">>"), ("and", "&"), ("or", "|"), ("xor", "^"), ("matmul", "@")]:
    setattr(N, f"__{name}__", forward(symbol))
    setattr(N, f"__r{name}__", reflected(symbol))
a = N("a")
print(a + 1, a - 1, a * 1, a / 1, a // 1, a % 1, a ** 1, a << 1, a >> 1, a & 1, a | 1, a ^ 1, a @ 1)
print(1 + a, 1 - a, 1 * a, 1 / a, 1 // a, 1 % a, 1 ** a, 1 << a, 1 >> a, 1 & a, 1 | a, 1 ^ a, 1 @ a)
print("s" + a, [1] + a, "%s" % a, None @ a)


class No:
    def __add__(self, other):
        return NotImplemented


show(lambda: No() + 1)
show(lambda: 1 + No())
show(lambda: No() - No())
show(lambda: No() @ 1)
show(lambda: 1 + "a")
show(lambda: "a" + 1)
show(lambda: [] + ())
show(lambda: None + None)
show(lambda: {} | [])
show(lambda: 1 << 1.5)
show(lambda: "a" * "b")
show(lambda: "a" * 1.5)
show(lambda: print >> 1)
show(lambda: 2 ** "a")
show(lambda: pow(2, "a", 3))
