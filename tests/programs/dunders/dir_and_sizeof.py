"""__dir__, dir() ordering, vars()."""
def show(function, *args, **kwargs):
    try:
        print(repr(function(*args, **kwargs)))
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


class C:
    b = 1
    a = 2

    def __init__(self):
        self.z = 1

    def m(self):
        pass


print([n for n in dir(C()) if not n.startswith("__")], [n for n in dir(C) if not n.startswith("__")])


class D:
    def __dir__(self):
        return ["zz", "b", "a"]


class E:
    def __dir__(self):
        return 5


print(dir(D()), vars(C()))
show(dir, E())


def f():
    x = 1
    y = 2
    return dir(), locals(), sorted(vars())


print(f())
print("__init__" in dir(object), "__dict__" in dir(C()), [n for n in dir(object) if "e__" in n])
