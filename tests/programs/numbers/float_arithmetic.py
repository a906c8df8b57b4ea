"""Float operations at the edges."""
def show(function, *args, **kwargs):
    try:
        print(repr(function(*args, **kwargs)))
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


inf, nan = float("inf"), float("nan")
for a in (7.5, -7.5):
    for b in (2.0, -2.0):
        print(a // b, a % b, divmod(a, b), end="; ")
print()
print(1.0 // 0.1, 1.0 % 0.1, -0.0 % 5, 5.0 % inf, -5.0 % inf, 5.0 // inf, -5.0 // inf, inf % 2 != inf % 2, inf - inf, inf * 0, 0.0 == -0.0, 1e308 * 10, -1e308 * 10)
for f in (lambda: 1.0 / 0, lambda: 1.0 // 0.0, lambda: 1.0 % 0.0, lambda: divmod(1.0, 0.0), lambda: 0.0 ** -1, lambda: (-8.0) ** (1 / 3), lambda: 10.0 ** 400, lambda: 2.0 ** 1e10, lambda: inf // 1, lambda: 1.5 << 1, lambda: 1.5 & 1, lambda: pow(2.0, 3, 5), lambda: round(inf), lambda: round(nan), lambda: int(-inf)):
    show(f)
print(nan == nan, nan < 1, nan > 1, nan != nan, max(nan, 1.0), max(1.0, nan), min(1, nan), inf > 10 ** 400, -inf < -10 ** 400, 1.0 == 1, 0.5 < 1, 3 > 2.5, 1e20 == 10 ** 20)
print(1.0 ** nan, nan ** 0, inf ** 0, (-1) ** 0.5, (-1.0) ** 2, (-2.0) ** -3, 0.0 ** 0, 4 ** 0.5, 2 ** 0.5, 1e-320 / 10, 1e200 * 1e200, abs(-0.0), -0.0, +(-0.0), 0.0 * -1)
print(sum([0.1] * 10), sum([1e16, 1.0, -1e16]), sum([0.1, 0.2, 0.3]), sum([1, 2.5]), sum([0.1] * 3, 0.0), sum([inf, -inf]) != 0)
