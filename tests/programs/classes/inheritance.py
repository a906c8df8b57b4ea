"""Overriding, extending, and looking up along the bases."""
class A:
    kind = "a"

    def hello(self):
        return "A.hello " + self.name()

    def name(self):
        return "A"


class B(A):
    def name(self):
        return "B"


class C(B):
    kind = "c"

    def hello(self):
        return "C+" + super().hello()


print(A().hello(), B().hello(), C().hello(), B.kind, C.kind)
A.kind = "changed"
print(B.kind, C.kind)
print(issubclass(C, A), issubclass(A, C), isinstance(C(), (int, A)))
print([c.__name__ for c in C.__mro__], C.__base__.__name__, [c.__name__ for c in A.__subclasses__()])
C.__bases__ = (A,)
print(C().hello(), [c.__name__ for c in C.mro()])
