"""super() calls and methods while classes change."""
class A:
    tag = "A"

    def f(self):
        return "A.f"


class B(A):
    def f(self):
        return "B>" + super().f()

    def attribute(self):
        return super().tag


class C(B):
    pass


objects = [B(), C()]
for _ in range(100):
    for o in objects:
        o.f(), o.attribute()
print([o.f() for o in objects], [o.attribute() for o in objects])
A.f = lambda self: "new A.f"
A.tag = "new tag"
print([o.f() for o in objects], [o.attribute() for o in objects])


class Z(A):
    tag = "Z"

    def f(self):
        return "Z>" + super().f()


class M(B, Z):
    pass


print(M().f(), M().attribute())
B.__bases__ = (Z,)
print([o.f() for o in objects], [o.attribute() for o in objects])
A.f = classmethod(lambda cls: cls.__name__)
print([o.f() for o in objects])
A.tag = property(lambda self: type(self).__name__ + " property")
print([o.attribute() for o in objects])
del A.f
try:
    objects[0].f()
except AttributeError as error:
    print(error)
