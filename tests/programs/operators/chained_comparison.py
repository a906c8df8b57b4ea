"""Chained comparison evaluates each operand once and stops early."""
x0 = 1


def v(x):
    print(x, end=" ")
    return x


print(v(1) < v(2) < v(3))
print(v(1) < v(0) < v(3))
print(v(3) > v(2) > v(1) > v(5) > v(0))
print(1 < 2 > 1, 1 == 1.0 == True, 1 in [1] == True, (1 in [1]) == True, None is None is not x0)
print("a" < "b" <= "b" != "c", not 1 < 2 < 3, [] == [] == [])
x = 5
print(0 < x < 10 and "in", 0 < x < 3 or "out")
if 1 < v(2) < 3 != v(4):
    print("yes")


class C:
    def __lt__(self, other):
        return []

    def __gt__(self, other):
        return "gt"


print(C() < 1 < 2, C() > 1 < 2, 1 < C() < C())
