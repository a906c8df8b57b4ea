"""An attribute load that sees instances of many shapes, slots, properties, class attributes and modules."""
import math


class Plain:
    def __init__(self, x):
        self.x = x


class Reordered:
    def __init__(self, x):
        self.a = self.b = 0
        self.x = x


class Slotted:
    __slots__ = ("x",)

    def __init__(self, x):
        self.x = x


class Property:
    def __init__(self, x):
        self._x = x

    @property
    def x(self):
        return self._x + 100


class ClassAttribute:
    x = "class"


class Dynamic:
    def __getattr__(self, name):
        return f"dynamic {name}"


class Overridden:
    def __getattribute__(self, name):
        return f"overridden {name}"


class Descriptor:
    class D:
        def __get__(self, instance, owner):
            return "descriptor"
    x = D()


def get(o):
    return o.x


for _ in range(100):
    get(Plain(1))
with_dict = Plain(5)
with_dict.__dict__["extra"] = 1
dicted = Plain(6)
dicted.__dict__ = {"x": "from dict"}
for o in [Plain(1), Reordered(2), Slotted(3), Property(4), ClassAttribute(), ClassAttribute, Dynamic(), Overridden(), Descriptor(), with_dict, dicted, Plain(7)]:
    for _ in range(40):
        value = get(o)
    print(value)
math.x = "module"
print(get(math))
del math.x
for bad in (math, 5, Slotted.__new__(Slotted), Plain.__new__(Plain), None):
    try:
        get(bad)
    except AttributeError as error:
        print(error)
