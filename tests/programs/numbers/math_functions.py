"""Every function of math on special values, and its errors."""

import math


def t(f, *a, **k):
    try:
        return f(*a, **k)
    except Exception as e:
        return type(e).__name__ + ': ' + str(e)


print(t(math.log, 10, 1), t(math.log, 0), t(math.log, 2, 0), t(math.log, -1), t(math.log2, 0), t(math.log10, -5), t(math.log, 2**2000), t(math.log, 2**2000, 2), t(math.log2, 2**2000), t(math.log10, 10**400))
sp = [0.0, -0.0, 1.0, -1.0, 0.5, -2.5, 5e-324, 1e-320, 1e308, -1e308, 710.5, -710.5, 1e-10, 3, 171.0, 172.0, -1.5, 1e17, 100, 25.5, float('inf'), float('-inf'), float('nan'), 2**70, 2**1100, -2**1100, True, 'x', None, 1j]
one = [n for n in dir(math) if n[0] != '_' and callable(getattr(math, n))]
for n in one:
    f = getattr(math, n)
    for a in sp:
        if n in ('factorial',) and isinstance(a, int) and a > 10**6: continue
        print(n, repr(a)[:30], repr(t(f, a))[:150])
    print(n, t(f), t(f, 1, 2, 3, 4, 5, 6))
for n in ['atan2', 'copysign', 'fmod', 'pow', 'remainder', 'nextafter', 'ldexp', 'log', 'hypot', 'isclose', 'gcd', 'lcm', 'comb', 'perm', 'dist', 'prod', 'sumprod']:
    f = getattr(math, n)
    for a in sp[::3]:
        for b in [0.0, -0.0, 2.5, float('inf'), float('nan'), 3, -5, 'y', 2**65]:
            if n in ('comb', 'perm') and (isinstance(a, int) and a > 10**6 or b == 2**65): continue
            print(n, repr(a)[:20], b, repr(t(f, a, b))[:150])
nan, inf = math.nan, math.inf
for a in [(1, 2, 3), (0.1, 0.2, 0.3), (inf, 0, 1), (inf, 0, nan), (inf, 1, -inf), (1e308, 10, 1), (1e308, 10, -inf), (nan, 1, 1), (1, 2), ('x', 1, 1), (3.0, 3.0, -9.000000000000002)]: print('fma', a, t(math.fma, *a))
print(t(math.fsum, [.1] * 10), t(math.fsum, [1e308, 1e308, -1e308]), t(math.fsum, [1e308, 1e308]), t(math.fsum, [inf, -inf]), t(math.fsum, [inf, nan]), t(math.fsum, ['x']), t(math.fsum, 5), t(math.fsum, [1e16, 1., 1e-16]), t(math.fsum, []), t(math.fsum, [2**2000]))
print(t(math.prod, [1, 2, 3]), t(math.prod, [1.5, 2], start=2), t(math.prod, ['a', 3], start=1), t(math.prod, []), t(math.prod, [2**40] * 3), t(math.prod, [[1], 2]), t(math.prod, 5), t(math.prod, [1], 2))
print(t(math.sumprod, [1, 2], [3, 4]), t(math.sumprod, [1.5, 2], [3, 4.5]), t(math.sumprod, [1], [1, 2]), t(math.sumprod, ['a'], [3]), t(math.sumprod, [2**40] * 3, [2**40] * 3), t(math.sumprod, [1e16, 1, -1e16], [1.0, 1.0, 1.0]), t(math.sumprod, [.1] * 10, [1] * 10), t(math.sumprod, [True, False], [1.5, 2]), t(math.sumprod, [inf, 1], [0, 1]), t(math.sumprod, [], []), t(math.sumprod, [[1]], [2]), t(math.sumprod, 5, [1]))
print(t(math.dist, [1, 2], [4, 6]), t(math.dist, [1], [1, 2]), t(math.dist, (1e308,) * 2, (-1e308,) * 2), t(math.dist, [], []), t(math.dist, [inf], [nan]), t(math.dist, 'ab', [1, 2]), t(math.dist, 5, 5), t(math.dist, iter([1]), [2]))
print(t(math.hypot), t(math.hypot, 3, 4, 12), t(math.hypot, 1e-320, 1e-320), t(math.hypot, inf, nan), t(math.hypot, 'x'), t(math.hypot, *([1.0] * 50)), t(math.hypot, 1e308, 1e308), [math.hypot(i / 7, i * 1.1, i ** .5) for i in range(20)])
print([math.isqrt(n) for n in [0, 1, 15, 16, 10**20, 10**20 - 1, 2**200 + 1, 4**50]], t(math.isqrt, -1), t(math.isqrt, 2.5), [math.comb(n, k) for n in (0, 5, 60, 67, 100, 1000) for k in (0, 1, 2, 30, 50)], t(math.comb, 5, -1), t(math.comb, -5, 1), t(math.comb, 5.0, 1), t(math.comb, 10**30, 3), t(math.comb, 10**30, 10**29))
print([math.perm(n, k) for n in (0, 5, 20, 100) for k in (0, 1, 2, 30)], t(math.perm, 5), t(math.perm, 5, None), t(math.perm, -1), t(math.perm, 5, -1), t(math.perm, 10**30, 2), t(math.factorial, -1), t(math.factorial, 2.0), t(math.factorial, 20), t(math.factorial, 50), t(math.factorial, 10**30), t(math.perm, 3.5))
print(math.gcd(), math.gcd(12), math.gcd(12, -18, 27), math.lcm(), math.lcm(4, 6, -10), math.lcm(0, 5), t(math.gcd, 1.5), t(math.gcd, 2**100, 6**50), t(math.lcm, 'x'))
print(t(math.nextafter, 1, 2, steps=5), t(math.nextafter, 1, 2, steps=-1), t(math.nextafter, 1, 2, steps=2**70), t(math.nextafter, -1, 1, steps=10**18), t(math.nextafter, 1, 2, 3), t(math.nextafter, nan, 1, steps=0), t(math.ulp, 1), t(math.ulp, 0), t(math.ulp, inf), t(math.ulp, 1e308))
print(t(math.ldexp, 1, 2000), t(math.ldexp, 1, -2000), t(math.ldexp, 1.5, -1074), t(math.ldexp, 1, 1.5), t(math.ldexp, inf, -5), t(math.ldexp, 1, 10**30), t(math.ldexp, 1, -10**30), t(math.ldexp, 5e-324, 1100), t(math.frexp, 5e-324), t(math.modf, -2.5), t(math.modf, -inf), t(math.modf, nan))
class A:
    def __floor__(self): return 'fl'
    def __ceil__(self): return 'ce'
    def __trunc__(self): return 'tr'
    def __float__(self): return 2.5
    def __index__(self): return 7
print(math.floor(A()), math.ceil(A()), math.trunc(A()), math.sqrt(A()), math.factorial(A()), t(math.trunc, 'x'), t(math.floor, 'x'), t(math.floor, nan), t(math.ceil, inf))
print(math.isclose(1, 1 + 1e-10), t(math.isclose, 1, 2, rel_tol=-1), math.isclose(1, 2, abs_tol=5), t(math.isclose, 1), t(math.isclose, 1, 2, 3), math.degrees(1), math.radians(180), [math.gamma(x / 3) for x in range(-10, 40) if x % 3], [math.lgamma(x / 3) for x in range(-10, 40) if x % 3], [math.erf(x / 3) for x in range(-10, 10)], [math.erfc(x / 3) for x in range(-10, 10)])
print([math.cbrt(x) for x in (0, 8, -27, 1e300, 2)], [math.exp2(x) for x in (0, 1, .5, -3, 1023.5)], t(math.exp2, 1024), [math.sin(x) for x in (1e22, 3, .1)], [math.expm1(x) for x in (1e-10, 1)], [math.log1p(x) for x in (1e-10, 1)], t(math.log1p, -1), t(math.log1p, -2), sorted(n for n in dir(math) if n[0] != '_'))
