"""Class and instance attributes, methods, bound and unbound."""
class C:
    """Documentation."""
    shared = []
    number = 1

    def __init__(self, n):
        self.n = n

    def get(self):
        return self.n


a, b = C(1), C(2)
a.shared.append(1)
a.number += 5
print(b.shared, a.number, b.number, C.number)
print(C.get(a), a.get(), C.__doc__, C.__name__, C.__module__, C.__qualname__)
m = b.get
print(m(), m.__self__ is b, m.__func__ is C.get, m == b.get, m is b.get)
print(a.__dict__, sorted(k for k in C.__dict__ if not k.startswith("__")))
C.added = lambda self: self.n * 10
print(a.added())
a.own = lambda: "own"
print(a.own())
del a.number
print(a.number)
print(type(a) is C, isinstance(a, C), C.__bases__, C.__class__)
