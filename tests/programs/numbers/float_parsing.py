"""float() of strings."""
def show(function, *args, **kwargs):
    try:
        print(repr(function(*args, **kwargs)))
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


for s in ("1", "1.5", "-1e3", " 2.5\n", "1_000.5", "inf", "-Infinity", "nan", "+NaN", ".5", "5.", "1e400", "1e-400", "٣.٥", "0x1p3", "", "abc", "1e", "1.5.2", "1__0", "_1", "e5", "- 1", "1e5_0", "infinit", b"1.5", "1\0"):
    show(float, s)
show(float, None)
show(float, [])
show(float, 1j)
show(float, 10 ** 400)
print(float(), float(True), float(10 ** 20), float("123456789.123456789"), float("0.1") == 0.1)
print((0.5).hex(), (0.1).hex(), (-3.25).hex(), float.fromhex("0x1.8p1"), float.fromhex("-0x.1"), float.fromhex("inf"), (0.0).hex(), float("inf").hex())
show(float.fromhex, "zz")
print((0.75).as_integer_ratio(), (1e10).is_integer(), (1.5).is_integer(), (2.0).conjugate(), (1.5).real, (1.5).imag)
show(float("inf").as_integer_ratio)
show(float("nan").as_integer_ratio)
show(int, float("inf"))
show(int, float("nan"))
