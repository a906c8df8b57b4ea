"""__getitem__, __setitem__, __delitem__, __contains__, __missing__."""
def show(function, *args, **kwargs):
    try:
        print(repr(function(*args, **kwargs)))
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


class C:
    def __init__(self):
        self.data = {}

    def __getitem__(self, key):
        return "got", key

    def __setitem__(self, key, value):
        print("set", key, value)

    def __delitem__(self, key):
        print("del", key)

    def __contains__(self, item):
        return "anything"


c = C()
print(c[1], c[1:2], c[1, 2], c[1:2, ::3], c[...], c[()], c[:], c["a"])
c[0] = 1
c[1:2] = 3
c[1, *[2, 3]] = 4
del c[5], c[::2]
print(5 in c, 5 not in c)
print(c[*[1, 2]], c[*(), 1])
show(lambda: 5 in 5)
for value in (5, None, len, lambda: 0, 1.5, {1}, iter([])):
    show(lambda: value[0])
show(lambda: object()["a"])


def assign():
    (5)[0] = 1


def delete():
    del "abc"[0]


def assign_tuple():
    (1, 2)[0] = 1


show(assign)
show(delete)
show(assign_tuple)


class M(dict):
    def __missing__(self, key):
        return f"missing {key}"


m = M(a=1)
print(m["a"], m["b"], m.get("b"), "b" in m)


class Seq:
    def __getitem__(self, i):
        if i > 3:
            raise IndexError
        return i * i


print(list(Seq()), 9 in Seq(), 5 in Seq(), [*Seq()], max(Seq()))
a, b, *rest = Seq()
print(a, b, rest)
