"""complex numbers."""
def show(function, *args, **kwargs):
    try:
        print(repr(function(*args, **kwargs)))
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


a = 3 + 4j
print(a, a.real, a.imag, abs(a), a.conjugate(), -a, +a, a + 1, a - 2.5, a * 2, a * a, a / 2, a / (1 - 1j), a ** 2, a ** 0.5, a ** -1, 2 ** a, a == 3 + 4j, a != 3, complex(5) == 5, hash(a))
print(1j, -1j, 1 - 0j, -0j, complex(-0.0, -0.0), complex(0.0, -0.0), complex(1, float("inf")), complex(float("nan"), 1), 1e20j, 1.5j, 0j, complex(1e16, 1e-5))
for args in [("1+2j",), (" 1-2J ",), ("j",), ("-j",), ("3",), ("(1+2j)",), ("1e5+inf j".replace(" ", ""),), ("1_0+2j",), (), (1, 2), (1j, 2j), ("nanj",), (True,), ("1 + 2j",), ("",), ("1+",), ("abc",), (None,), ("1", 2), (1, "2"), ([],), ("1+2j+3",), ("1j2",)]:
    show(complex, *args)
for f in (lambda: a < 1j, lambda: a // 2, lambda: a % 2, lambda: divmod(a, 1), lambda: int(a), lambda: float(a), lambda: a / 0, lambda: 0j ** -1, lambda: 0j ** 1j, lambda: pow(a, 2, 3), lambda: round(a), lambda: ~a, lambda: a & 1, lambda: complex(real=1, imag=2), lambda: complex(1, imag=2), lambda: sorted([1j, 0]), lambda: sum([1j, 2, 0.5]), lambda: 1j * float("inf"), lambda: bool(0j), lambda: [0j] == [0], lambda: a.real.is_integer()):
    show(f)
