"""Every function of cmath on every pair of special values."""

import cmath


def t(f, *a, **k):
    try:
        return f(*a, **k)
    except Exception as e:
        return type(e).__name__ + ': ' + str(e)


sp = [0.0, -0.0, 1.0, -1.0, 0.5, -2.5, 1e-320, 1e308, -1e308, 710.5, -710.5, 1e-10, 3.0, float('inf'), float('-inf'), float('nan'), 2.2e-308]
for n in ['acos', 'acosh', 'asin', 'asinh', 'atan', 'atanh', 'cos', 'cosh', 'exp', 'log', 'log10', 'sin', 'sinh', 'sqrt', 'tan', 'tanh', 'phase', 'polar', 'isnan', 'isinf', 'isfinite']:
    for a in sp:
        for b in sp[::3]: print(n, a, b, t(getattr(cmath, n), complex(a, b)))
for a in sp:
    for b in sp: print('rect', a, b, t(cmath.rect, a, b), t(cmath.log, complex(a, b), 10), t(cmath.log, 2, complex(a, b)), t(cmath.isclose, a, b))
print(t(cmath.sqrt, 'x'), t(cmath.sqrt), t(cmath.log), t(cmath.log, 1, 2, 3), t(cmath.rect, 1), t(cmath.isclose, 1, 1.0000000001), t(cmath.isclose, 1, 2, rel_tol=-1), t(cmath.isclose, 1, 2, abs_tol=3), cmath.infj, cmath.nanj, cmath.tau, t(cmath.log, 0), t(cmath.log, 1, 0), t(cmath.log, 0, 2), t(cmath.log, 5, 1))

