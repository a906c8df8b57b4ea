"""bool is an int."""
def show(function, *args, **kwargs):
    try:
        print(repr(function(*args, **kwargs)))
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


print(True + 1, True * 3, sum([True, False, True]), [10, 20][True], "ab" * True, ~False, -True, True / 2, True // 1, True ** 2, True << 3)
print(True & False, True | False, True ^ True, True & 1, 1 & True, type(True ^ 1).__name__, type(True ^ True).__name__, not 0)
print(repr(True), str(False), int(True), float(True), bool("False"), bool([]), bool(), hash(True), f"{True}", f"{True:d}", f"{True!s:>6}", "%d %s" % (True, True))
print(isinstance(True, int), issubclass(bool, int), bool.__mro__, True == 1.0, {True: "a"}[1], True is True, True > False, max(True, 2), min(False, True))
print(bool.from_bytes(b"\0", "big"), True.real, True.numerator, True.bit_length(), True.conjugate(), bool.__name__)
show(bool, 1, 2)
show(bool, x=1)
show(lambda: type("B", (bool,), {}))
