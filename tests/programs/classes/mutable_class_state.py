"""Class attributes shared, shadowed, and changed through instances and subclasses."""
class Counter:
    total = 0
    names = []
    config = {"verbose": False}

    def __init__(self, name):
        self.name = name
        self.names.append(name)
        type(self).total += 1
        self.local = self.total


class Sub(Counter):
    total = 100


a, b, c = Counter("a"), Counter("b"), Sub("c")
print(Counter.total, Sub.total, a.local, b.local, c.local, Counter.names is Sub.names, c.names)
a.names = ["own"]
a.config["verbose"] = True
print(a.names, b.names, b.config, "names" in vars(a), "config" in vars(a))
a.names += ["more"]
b.names += ["shared"]
print(a.names, Counter.names, "names" in vars(b))
Sub.total += 1
Sub.fresh = Counter.total
print(Counter.total, Sub.total, hasattr(Counter, "fresh"))
for cls in (Counter, Sub):
    cls.label = cls.__name__.lower()
print(a.label, c.label)
setattr(Counter, "method", lambda self: self.name * 2)
print(c.method(), Counter.method(b))
del Sub.total
print(Sub.total)
