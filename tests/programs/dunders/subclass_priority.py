"""A subclass's reflected method goes first."""
class A:
    def __add__(self, other):
        return "A.add"

    def __radd__(self, other):
        return "A.radd"


class B(A):
    def __radd__(self, other):
        return "B.radd"


class C(A):
    pass


class I(int):
    def __radd__(self, other):
        return "I.radd"

    def __rsub__(self, other):
        return NotImplemented


print(A() + A(), A() + B(), B() + A(), A() + C(), B() + B())
print(1 + I(2), I(2) + 1, 5 - I(2), 1.5 + A(), [] + A())


class L(list):
    def __radd__(self, other):
        return "L.radd"


print([1] + L([2]), L([1]) + [2], type(L([1]) + [2]).__name__)
