# -*- coding: utf-8 -*-
"""Expressions, literals and their positions."""
x = 1_000 + 0xff - 0b101 * 0o17 // 3 % 2 ** -1 @ a << 2 >> 1 & b | c ^ ~d
big = 123456789012345678901234567890, 0xFFFFFFFFFFFFFFFFFFFFFFFF
floats = 1.5, 1e10, 1e16, 1e-5, .5, 5., 1e999, 2.5e-10, 3j, 1e3J
s = 'a' "b" r'\n' u'd' '\x41\u00e9\U0001F600\N{BULLET}\ud800\
tail' '''multi
line'''
u = u"first" "second"
b = b'a\x00\xff\n' rb'\n' B"q'\""
t = (), (1,), (1, 2), [], [1], {}, {1}, {1: 2, **d}, ...
cmp = a < b <= c != d is not e not in f is g in h == i >= j > k
logic = a and b and c or not d or (e and f)
cond = a if b else (c if d else e)
lam = lambda: 0, lambda a, /, b=1, *c, d, e=2, **f: (yield)
calls = f(), f(a), f(*a, b, c=1, **d), f(x for x in y), f((x for x in y), 1), (f)(a)(b)
sub = a[0], a[1:2], a[::2], a[1:, ..., *b], a[b, c], a.b.c[d](e)
comp = [x for x in y if x if z], {x async for x in y}, {k: v for k, v in d}, (x for (x) in (y))
walrus = (n := 10), [m := 1, m ** 2]
f"", f"a{x}b", f'{x!r:>{width}.{prec}}', f"{x=}", f"{ x + 1 = !s}", f"{x=:03d}", f"{{{x}}}", f"{{ }}"
rf"\d{x}\N{y}", f"\N{BULLET}{x}\ud800", f'''a
{x
+ 1}  # no comment
''', "a" f"b{c}" "d" f"{e}" 'g', f"{x:{y}{z}}", f"{f'{1}'}", f"{lambda_:x}", f"{(lambda: 1)}"
é = ñ + "日本語" + 𝐱
async def g(): return [await z async for z in w if await z], await q ** 2
