"""Class changes after the site was specialised."""
class C:
    y = "class y"

    def __init__(self):
        self.x = 1

    def method(self):
        return "first"


class D(C):
    pass


def use(o):
    return o.x, o.y, o.method()


o = D()
for _ in range(100):
    use(o)
print(use(o))
C.y = "new y"
print(use(o))
C.method = lambda self: "second"
print(use(o))
D.y = "D's y"
print(use(o))
o.y = "own y"
print(use(o))
o.method = lambda: "own method"
print(use(o))
C.x = property(lambda self: "data descriptor wins")
print(use(o))
del C.x
print(use(o))
del o.y, o.method
del D.y
print(use(o))
D.__getattribute__ = lambda self, name: object.__getattribute__(self, name) if name == "method" else name
print(use(o))
del D.__getattribute__
print(use(o))
del C.y
try:
    use(o)
except AttributeError as error:
    print(error)
C.__getattr__ = lambda self, name: f"missing {name}"
print(use(o))
for _ in range(60):
    use(o)
print(use(o))


class E:
    y = "E"

    def method(self):
        return "E method"


o.__class__ = E
print(use(o))
