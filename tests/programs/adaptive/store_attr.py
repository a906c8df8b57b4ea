"""Attribute stores under changing shapes and classes."""
class C:
    pass


class S:
    __slots__ = ("v",)


class P:
    @property
    def v(self):
        return self._v

    @v.setter
    def v(self, value):
        self._v = value * 10


class H:
    def __setattr__(self, name, value):
        object.__setattr__(self, name, ("hooked", value))


def put(o, value):
    o.v = value


for i in range(100):
    c = C()
    put(c, i)
for o in [C(), S(), P(), H(), C]:
    for i in range(50):
        put(o, i)
    print(o.v)
many = C()
for i in range(60):
    setattr(many, f"a{i}", i)
put(many, "many")
print(many.v, len(many.__dict__))
late = C()
put(late, 1)
C.v = property(lambda self: "no setter")
try:
    put(late, 2)
except AttributeError as error:
    print(error)
del C.v
put(late, 3)
print(late.v, late.__dict__)
try:
    put(5, 1)
except AttributeError as error:
    print(error)
try:
    put(object(), 1)
except AttributeError as error:
    print(error)
