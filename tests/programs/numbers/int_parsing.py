"""int(): strings, bases, underscores, whitespace, errors."""
def show(function, *args, **kwargs):
    try:
        print(repr(function(*args, **kwargs)))
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


for args in [("12",), ("-12",), ("+7",), (" 42\n",), ("1_000",), ("0b101", 0), ("0o17", 0), ("0xFF", 0), ("ff", 16), ("0xff", 16), ("zz", 36), ("101", 2), ("0b1", 2), ("٣",), ("0", 0), ("00", 0), ("-0x1f", 0), (b"12",), (bytearray(b"5"),),
             (3.9,), (-3.9,), (True,), (), ("1_0", 0), ("12", 3), ("\u2003 7",)]:
    show(int, *args)
for args in [("",), (" ",), ("1.5",), ("abc",), ("1__0",), ("_1",), ("1_",), ("0x",), ("010", 0), ("2", 2), ("5", 1), ("5", 37), ("9", -2), (None,), ([],), ("- 1",), ("+-1",), ("1 2",), (float("inf"),), (float("nan"),), (5, 10), ("12", "a"), (b"x",), ("é",), ("12\0",), (1j,), ("0b2", 0), ("1" * 5000,), ("x" * 300,)]:
    show(lambda: str(int(*args))[:40])
print(int("1" * 4300) % 97, 0b1010, 0o17, 0xDEAD_BEEF, 1_000_000, 00, 0_0)
show(str, 10 ** 5000)
print(int.from_bytes(b"\x01\x00", "big"), int.from_bytes(b"\xff", signed=True), (1000).to_bytes(2, "little"), (-1).to_bytes(2, "big", signed=True), (5).to_bytes())
show((256).to_bytes, 1)
show((-1).to_bytes, 1)
show((1).to_bytes, 1, "middle")
print((255).bit_length(), (0).bit_length(), (-256).bit_length(), (255).bit_count(), (5).as_integer_ratio(), (5).is_integer(), (5).conjugate(), (5).numerator, (5).denominator)
