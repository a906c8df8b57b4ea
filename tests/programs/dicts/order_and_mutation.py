"""Insertion order, deletion, and changes during iteration."""
def show(function, *args, **kwargs):
    try:
        print(repr(function(*args, **kwargs)))
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


d = {}
for k in "zyx":
    d[k] = len(d)
d["y"] = "kept place"
del d["z"]
d["z"] = "at the end"
print(d, list(d), d.popitem(), next(iter(d)))


def grows():
    for k in d:
        d[k + "!"] = 1


def shrinks():
    e = {1: 1, 2: 2}
    for k in e:
        del e[k]


def swaps():
    e = {1: 1, 2: 2}
    for k in e:
        del e[k]
        e[k + 10] = 1


def values():
    e = {1: 1, 2: 2}
    for k in e:
        e[k] += 1
    return e


def items():
    e = {1: 1}
    for k, v in e.items():
        e[2] = 1


for function in (grows, shrinks, swaps, values, items):
    show(function)
it = iter({1: 1, 2: 2})
next(it)
print(list(it), list(it))
big = {i: i for i in range(1000)}
for i in range(0, 1000, 2):
    del big[i]
print(len(big), list(big)[:3], sum(big), list(reversed(big))[:2])
m = {1: "int", 1.0: "float", True: "bool"}
print(m, {0: 1, False: 2, 0.0: 3, -0.0: 4}, {"a": 1, "a": 2})
n = {float("nan"): 1, float("nan"): 2}
print(len(n))
