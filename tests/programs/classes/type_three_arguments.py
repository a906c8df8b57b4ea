"""Making classes with type()."""
def hello(self):
    return f"hello from {type(self).__name__}"


C = type("C", (), {"hello": hello, "x": 1})
D = type("D", (C,), {"x": 2, "__doc__": "made"})
print(C().hello(), D().hello(), D.x, D.__doc__, C.__doc__, D.__module__)
print(type(C), type(type), type.__mro__)
print(C.__name__, repr(C), str(D))
C.__name__ = "Renamed"
print(C, C.__qualname__)
