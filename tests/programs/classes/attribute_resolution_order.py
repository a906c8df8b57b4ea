"""Instance, class, bases, descriptors and __getattr__ in order."""
class Data:
    def __get__(self, o, t): return "data"
    def __set__(self, o, v): raise AttributeError("read-only")


class NonData:
    def __get__(self, o, t): return "non-data"


class Base:
    d = Data()
    n = NonData()
    plain = "base plain"


class Derived(Base):
    plain = "derived plain"

    def __getattr__(self, name):
        return f"getattr {name}"


o = Derived()
o.__dict__.update(d="inst d", n="inst n", plain="inst plain", only="inst only")
print(o.d, o.n, o.plain, o.only, o.nothing)
o.__dict__.clear()
print(o.d, o.n, o.plain, o.only)
try:
    o.d = 1
except AttributeError as error:
    print(error)
Derived.d = "plain class attribute shadows"
o.d = 5
print(o.d, Derived.d, Base.d, Base.__dict__["d"].__class__.__name__)
del Derived.d
print(o.d, o.__dict__)
Base.late = property(lambda self: "late property")
o.__dict__["late"] = "hidden"
print(o.late)
del Base.late
print(o.late)
