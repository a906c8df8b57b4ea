"""Annotations as text."""
from __future__ import annotations
a: int = 1
b: "x" | None
(c): d[e]
f.g: h


def i(j: k, /, l: m[n, o:p] = 1, *q: *r, s: lambda t, *, u=1, **v: (t, u), **w: x if y else z) -> (yield_, 1,): ...


def j(a: -b ** -c, d: not (e and f) or g, k: [l, {m: n, **o}, {p}, (q,), ()]) -> f"{r!s:>{t}}{{}} {'u'}": ...


class K:
    x: [a for b, c in d if e for f in g] = 1
    y: 'lit' 'eral' = b"bytes"
    z: 1.5 + 2j - 1e400 @ ... // None
    __w: a.b(c, *d, e=f, **g)[h:i:j, ...] < k <= l is not m not in n
    v: ((lambda: p), 1 .real, u"kind", {x: y for x in z}, (x for x in y), f(x for x in y), {a for a in b})
