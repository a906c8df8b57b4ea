"""The order of a with statement, and how __exit__ decides."""
class M:
    def __init__(self, name, swallow=False):
        self.name = name
        self.swallow = swallow

    def __enter__(self):
        print("enter", self.name)
        return self.name.upper()

    def __exit__(self, kind, error, traceback):
        print("exit", self.name, kind and kind.__name__, error, traceback is not None)
        return self.swallow


with M("a") as x:
    print("body", x)
with M("a"), M("b") as b:
    print("body", b)
with (M("c") as c, M("d", swallow=True) as d,):
    print(c, d)
    raise ValueError("v")
print("after")
try:
    with M("e"):
        raise KeyError("k")
except KeyError as error:
    print("outside", error)


def returns():
    with M("f") as f:
        return f


print(returns())
for i in range(3):
    with M("loop"):
        if i == 0:
            continue
        break
with M("g") as (p):
    print(p)


class Pair(M):
    def __enter__(self):
        return 1, [2, 3]


with Pair("h") as (one, [two, *rest]):
    print(one, two, rest)
