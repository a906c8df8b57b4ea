"""Calls of builtins with one, two and keyword arguments in hot code."""
def run(n):
    out = []
    l = []
    for i in range(n):
        l.append(i)
        out = [len(l), isinstance(i, int), isinstance(i, (str, float)), type(i), str(i), tuple(l[-2:]), min(i, 5), max(l), abs(-i), ord("a"), chr(97), l.index(i), "a,b".split(","), sorted(l, reverse=True)[:2], int("12"), round(1.5), "x".join(["a", "b"]), {"a": 1}.get("a"), l.count(0), divmod(i, 3), bool(i), l.copy() == l, getattr(i, "real"), hash(i), id(l) == id(l), repr(i), list(range(2)), dict(a=i), sum([i, 1]), "é".encode("utf-8"), f"{i:>4}"]
    return out


print(run(120))


class Len:
    def __len__(self):
        return 3


def length(x):
    return len(x)


for _ in range(100):
    length([1])
print(length(Len()), length("ab"), length({}))
for bad in (5, None):
    try:
        length(bad)
    except TypeError as error:
        print(error)


class Meta(type):
    def __instancecheck__(cls, o):
        return True


class Any(metaclass=Meta):
    pass


def check(o, c):
    return isinstance(o, c)


for _ in range(100):
    check(1, int)
print(check(1, Any), check("a", int), check(True, int), check(1, (str, Any)))


class MyList(list):
    def append(self, x):
        super().append(("mine", x))


def push(l, x):
    l.append(x)
    return l


base = []
for i in range(100):
    push(base, i)
print(push(MyList(), 1), len(push([], 2)))


class Duck:
    def append(self, x):
        self.got = x


print(push(Duck(), 5).got)
