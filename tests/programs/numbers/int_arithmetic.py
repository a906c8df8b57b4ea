"""Division, modulo, powers, shifts with signs and zero."""
def show(function, *args, **kwargs):
    try:
        print(repr(function(*args, **kwargs)))
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


for a in (7, -7):
    for b in (3, -3):
        print(a, b, a // b, a % b, divmod(a, b), a / b, a - b, a * b)
print(2 ** 10, 2 ** 0, 0 ** 0, 2 ** -2, (-2) ** 3, (-2) ** -1, pow(3, 5, 7), pow(3, -1, 7), pow(-2, 3, 5), pow(2, 3, -5), pow(5, 0, 1))
print(1 << 3, -1 >> 5, -5 >> 1, 5 >> 100, 0 << 100, ~0, ~-1, -8 & 0xFF, -1 ^ 5, -4 | 1, 1 << 64, -(1 << 64) >> 3, (-5) & (1 << 70))
for f in (lambda: 1 // 0, lambda: 1 % 0, lambda: 1 / 0, lambda: divmod(1, 0), lambda: 0 ** -1, lambda: 1 << -1, lambda: 1 >> -1, lambda: pow(2, -1, 4), lambda: pow(2, 1, 0), lambda: pow(2.0, 1, 5), lambda: 1 << (1 << 70), lambda: 0 << (1 << 70), lambda: 5 >> (1 << 70), lambda: 10 ** 400 / 3, lambda: 10 ** 400 * 1.0, lambda: float(10 ** 400), lambda: 10 ** 400 // 1.5, lambda: (10 ** 400) / (10 ** 399)):
    show(f)
print(10 ** 18 * 10, 9223372036854775807 + 1, -9223372036854775808 - 1, 3037000500 ** 2, 2 ** 63 - 1, -(2 ** 63), 4611686018427387904 * 2, 2 ** 62 + 2 ** 62)
print(round(15, -1), round(25, -1), round(-15, -1), round(1234, -2), round(5, 3), round(10 ** 20 + 5, -1), round(-5), abs(-7), -(-7))
