"""The math module: values and errors."""
def show(function, *args, **kwargs):
    try:
        print(repr(function(*args, **kwargs)))
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


import math
print(math.pi, math.e, math.tau, math.inf, -math.inf, math.nan)
print(math.sqrt(2), math.sin(1), math.cos(1), math.tan(1), math.atan2(1, -1), math.exp(1), math.log(10), math.log(8, 2), math.log2(8), math.log10(1000), math.pow(2, 0.5), math.hypot(3, 4), math.hypot(1, 2, 3))
print(math.floor(-1.5), math.ceil(-1.5), math.trunc(-1.5), math.fabs(-2), math.fmod(-7, 3), math.modf(-1.25), math.frexp(8.5), math.ldexp(0.5, 3), math.copysign(1, -0.0), math.degrees(math.pi), math.radians(180))
print(math.factorial(20), math.gcd(12, 18), math.gcd(), math.lcm(4, 6), math.isqrt(17), math.comb(5, 2), math.perm(5, 2), math.perm(4), math.prod([1, 2, 3]), math.prod([], start=5), math.fsum([0.1] * 10), math.dist([0, 0], [3, 4]), round(math.cbrt(27), 9), math.sumprod([1, 2], [3, 4]))
print(math.isnan(math.nan), math.isinf(-math.inf), math.isfinite(1), math.isclose(0.1 + 0.2, 0.3), math.isclose(1, 1.1, rel_tol=0.2), math.nextafter(1, 2), math.ulp(1.0), math.remainder(7, 2), math.expm1(1e-10), math.log1p(1e-10), math.asinh(1), math.acosh(2), math.atanh(0.5), math.erf(0.5), math.gamma(5), math.lgamma(10), math.fma(2, 3, 4))
print(math.log(10 ** 400), math.log2(2 ** 5000), math.floor(10 ** 30), math.sqrt(10 ** 100), math.exp2(10))
for f in (lambda: math.sqrt(-1), lambda: math.log(0), lambda: math.log(-1), lambda: math.exp(1000), lambda: math.factorial(-1), lambda: math.factorial(1.5), lambda: math.acos(2), lambda: math.floor(math.inf), lambda: math.ceil(math.nan), lambda: math.isqrt(-1), lambda: math.sqrt("a"), lambda: math.sqrt(), lambda: math.gcd(1.5), lambda: math.comb(-1, 2), lambda: math.pow(0, -1), lambda: math.fmod(1, 0), lambda: math.log(1, 1), lambda: math.sin(math.inf), lambda: math.gamma(-1), lambda: math.ldexp(1, 5000), lambda: math.nope, lambda: math.sqrt(10 ** 400), lambda: math.dist([1], [1, 2]), lambda: math.trunc("a"), lambda: math.isnan("a"), lambda: math.sqrt(1, 2), lambda: math.isclose(1, 1, rel_tol=-1), lambda: math.cosh(1e5)):
    show(f)
