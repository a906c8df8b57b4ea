"""The parts of format strings, and what string builds on them."""

import _string
import string


def t(f, *a, **k):
    try:
        return f(*a, **k)
    except Exception as e:
        return type(e).__name__ + ': ' + str(e)


f = string.Formatter()
for s in ['{}', 'a{0}b{1!r:>{2}}c{{}}', '{a.b[0][x]}', '{', '}', '{0', '{0!}', '{0!rx}', '{0:{1}}', '{!r}', '{a:b:c}', '{0[}', '{0[a}', '']:
    print(repr(s), t(lambda: list(f.parse(s))))
for s in ['', '0', 'a', 'a.b', 'a[0]', '0.x[y].z', 'a[', 'a[]', 'a.', 'a[1]b', '99999999999999999999', 'a[99999999999999999999]']:
    def g():
        a, b = _string.formatter_field_name_split(s); return a, list(b)
    print(repr(s), t(g))
print(f.format('{0} {1!r} {x.real} {y[1]} {:>5}' if 0 else '{0} {1!r} {x.real} {y[1]} {0:>5}', 1, 'b', x=3j, y=[1, 2]), string.Template('$a ${b} $$').substitute(a=1, b=2), t(string.Template('$a').substitute))
