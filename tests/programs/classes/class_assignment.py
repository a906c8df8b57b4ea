"""Assigning to __class__."""
def show(function, *args, **kwargs):
    try:
        print(repr(function(*args, **kwargs)))
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


class A:
    def who(self):
        return "A"


class B:
    def who(self):
        return "B"


class S:
    __slots__ = ("x",)


a = A()
a.v = 1
a.__class__ = B
print(a.who(), a.v, type(a).__name__, isinstance(a, B))
show(lambda: setattr(a, "__class__", S))
show(lambda: setattr(a, "__class__", int))
show(lambda: setattr(a, "__class__", 5))
show(lambda: setattr(5, "__class__", int))


class Fake:
    @property
    def __class__(self):
        return int


print(isinstance(Fake(), int), type(Fake()).__name__, Fake().__class__)
