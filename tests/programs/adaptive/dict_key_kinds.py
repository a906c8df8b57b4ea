"""Dictionaries whose keys stop being strings only, and instance dictionaries touched by hand."""
def look(d, k):
    return d[k]


def put(d, k, v):
    d[k] = v


d = {}
for i in range(100):
    put(d, f"k{i % 10}", i)
    look(d, "k0")
print(look(d, "k5"))
put(d, 1, "int key")
print(look(d, 1), look(d, "k5"), look(d, 1.0), look(d, True))


class Str(str):
    def __hash__(self):
        return hash("k1")

    def __eq__(self, other):
        return other == "k1"


print(look(d, Str("anything")))


class O:
    def __init__(self):
        self.a = 1


def get(o):
    return o.a


o = O()
for _ in range(100):
    get(o)
o.__dict__["a"] = 2
print(get(o))
o.__dict__.clear()
try:
    get(o)
except AttributeError as error:
    print(error)
o.__dict__.update(a=3, b=4)
print(get(o), vars(o))
shared = {"a": "shared"}
p, q = O(), O()
p.__dict__ = q.__dict__ = shared
print(get(p), get(q))
p.a = "changed"
print(get(q))
o.__dict__[5] = "non-string key"
print(get(o), len(o.__dict__))
n = O()
for i in range(100):
    setattr(n, f"x{i}", i)
    if i % 3 == 0:
        delattr(n, f"x{i}")
print(get(n), len(vars(n)), list(vars(n))[:3])
