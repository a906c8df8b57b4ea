"""super() with and without arguments, and its errors."""
def show(function, *args, **kwargs):
    try:
        print(repr(function(*args, **kwargs)))
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


class A:
    x = "A.x"

    def f(self):
        return "A.f"

    @classmethod
    def c(cls):
        return "A.c " + cls.__name__


class B(A):
    x = "B.x"

    def f(self):
        return "B.f " + super().f()

    @classmethod
    def c(cls):
        return "B.c " + super().c()

    def attribute(self):
        return super().x, super(B, type(self)).x

    def renamed(this):
        return super().f()

    def no_first():
        return super()

    def missing(self):
        return super().nothing

    def lost(self):
        del self
        return super()


b = B()
print(b.f(), B.c(), b.attribute(), b.renamed())
print(super(B, b).f(), super(B, B).f(b), super(A, b).__repr__.__name__)
show(B.no_first)
show(b.missing)
show(b.lost)
show(super)
show(lambda: super(A, 5))
show(lambda: super(5))
show(lambda: super(A, B()).f())
print(repr(super(B, b)).split(",")[0], super(B, b).__thisclass__, super(B, b).__self_class__, super(B, b).__self__ is b)
unbound = super(B)
print(repr(unbound), unbound.__get__(b).f())
show(lambda: setattr(super(B, b), "q", 1) or b.q)
