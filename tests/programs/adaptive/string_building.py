"""s += x with aliases: the optimisation must not be visible."""
def build(n):
    s = ""
    for i in range(n):
        s += "x"
    return s


print(len(build(1000)))


def aliased():
    s = "a"
    kept = []
    for i in range(5):
        s += str(i)
        kept.append(s)
    return kept


for _ in range(60):
    aliased()
print(aliased())


def two_names():
    s = t = "start"
    for _ in range(3):
        s += "!"
    return s, t


print(two_names())


class Box:
    s = ""


def in_attribute(box):
    for i in range(100):
        box.s += "y"
    return len(box.s)


print(in_attribute(Box()), Box.s == "")


def in_list():
    l = ["", ""]
    for i in range(100):
        l[i % 2] += "z"
    return [len(x) for x in l]


print(in_list())


def mixed():
    s = ""
    for i in range(50):
        s += "é" if i == 25 else "a"
        if i == 40:
            s += "😀"
    return len(s), s[25], s[41], s.isascii()


print(mixed())


def cell():
    s = ""
    def add(x):
        nonlocal s
        s += x
        return s
    for c in "closure":
        add(c)
    return s


print(cell())
d = {}
key = "k"
for i in range(3):
    key += "k"
    d[key] = i
print(d)
try:
    s = "a"
    s += 5
except TypeError as error:
    print(error, s)
