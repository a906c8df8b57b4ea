"""and, or, not and conditional expressions return operands."""
def v(x):
    print(repr(x), end=" ")
    return x


print(v(0) or v("") or v("last"), v(1) and v([]) and v(3), v(None) or v(0))
print(v(1) or v(2), v(0) and v(2), not v(""), not not v("a"))
print(v(1) and v(0) or v(5), v(0) or v(3) and v(4))
print("a" if v(0) else "b" if v(1) else "c")
x = [] or {} or ()
print(x, None or 0, 0 and None, [] and 1)
a = 5
print(a > 3 and a < 10, a > 3 and "yes" or "no", (a or b_undefined))
print(True + True, True == 1, True is (1 == 1), False < True, -True, ~5, not 5 == 6)
print(isinstance(True, int), True & 3, True & False, True | 0, True ^ True, type(True & True).__name__, type(True & 1).__name__)
