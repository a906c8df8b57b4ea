"""property: getters, setters, deleters, documentation and errors."""
def show(function, *args, **kwargs):
    try:
        print(repr(function(*args, **kwargs)))
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


class C:
    def __init__(self):
        self._x = 1

    @property
    def x(self):
        """I am x."""
        return self._x

    @x.setter
    def x(self, value):
        self._x = value * 2

    @x.deleter
    def x(self):
        print("deleting")
        self._x = None

    @property
    def readonly(self):
        return "ro"

    writeonly = property(None, lambda self, v: print("wrote", v))
    failing = property(lambda self: self.absent)


c = C()
print(c.x)
c.x = 5
print(c.x)
del c.x
print(c.x, C.x.__doc__, C.x.fget.__name__, C.readonly.fset)
show(lambda: setattr(c, "readonly", 1))
show(lambda: delattr(c, "readonly"))
show(lambda: c.writeonly)
c.writeonly = 3
show(lambda: c.failing)
show(lambda: setattr(c, "failing", 1))


class D(C):
    @C.x.getter
    def x(self):
        return "D"


print(D().x)
print(property().__doc__, isinstance(C.x, property))
show(lambda: property().__get__(1))
print(C.readonly.__name__)
