"""Rich comparison: defaults, reflection, NotImplemented."""
def show(function, *args, **kwargs):
    try:
        print(repr(function(*args, **kwargs)))
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


class A:
    def __init__(self, n):
        self.n = n

    def __eq__(self, other):
        print("eq", end=" ")
        return self.n == other.n if isinstance(other, A) else NotImplemented

    def __lt__(self, other):
        print("lt", end=" ")
        return self.n < other.n if isinstance(other, A) else NotImplemented


print(A(1) == A(1), A(1) != A(1), A(1) == 1, 1 == A(1), A(1) != 1)
print(A(1) < A(2), A(1) > A(2))
show(lambda: A(1) < 1)
show(lambda: 1 > A(1))
show(lambda: A(1) <= A(1))
show(lambda: A(1) >= 1)
show(lambda: object() < object())
show(lambda: 1 < "a")
show(lambda: [] < ())
show(lambda: None > 1)
show(lambda: {} < {})
show(lambda: 1j < 2j)
show(lambda: [1] < ["a"])
show(lambda: max([1, None]))
show(lambda: sorted([1, "a"]))


class Odd:
    def __eq__(self, other):
        return "yes"

    def __lt__(self, other):
        return []


print(Odd() == 1, Odd() != 1, Odd() < 1, 1 > Odd(), Odd() in [1], [Odd()] == [2])
x = object()
print(x == x, x != x, x == object())


class Sub(A):
    def __eq__(self, other):
        print("sub eq", end=" ")
        return True


print(A(1) == Sub(2))
