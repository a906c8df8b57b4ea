"""del of names, attributes, items, slices and nested targets."""
def show(function, *args, **kwargs):
    try:
        print(repr(function(*args, **kwargs)))
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


x = 1
del x
show(lambda: x)
a, b, c = 1, 2, 3
del a, (b, [c])
show(lambda: b)
l = list(range(6))
del l[0], l[1:3], l[-1]
print(l)
d = {"a": 1, "b": 2}
del d["a"]
print(d)


class C:
    y = 1


o = C()
o.z = 2
del o.z
show(lambda: o.z)
del C.y


def local():
    v = 1
    del v
    return v


def unbound():
    del w
    w = 1


def missing_global():
    global never_defined
    del never_defined


def missing_key():
    del d["zz"]


def missing_item():
    del l[99]


def missing_attribute():
    del o.q


for function in (local, unbound, missing_global, missing_key, missing_item, missing_attribute):
    show(function)
