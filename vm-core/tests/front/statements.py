#!/usr/bin/env python3
from __future__ import annotations
import a, b.c as d, e . f
from . import g
from ..h.i import (j as k, l,)
from m import *

@decorator
@other(1) # comment
# another
class A[T: int, *Ts = *tuple[int], **P = [int]](B, metaclass=M):
    x: int = 1
    (y): str
    z.w: float
    def f[T](self, a: int, /, b: str = 's', *args: *Ts, c, d=1, **kw: dict) -> None: pass; return;

    async def g(self):
        async with a as b, c: pass
        async for x, *y in z: break
        else: continue
        yield; yield 1; x = yield from y; await z

if a: pass
elif b:
    c = d = e, = f
elif g: pass
else:
    h += 1; i @= 2

while True:
	if x: break	# tab
	continue
else: pass

for i in *a, b: pass
with (open(x) as f, g): pass
with (a): pass
with (a, b) as c: pass
with (yield): pass
try: pass
except (A, B) as e: raise C from D
except: raise
else: pass
finally: pass
try:
    pass
except* A as e:
    pass
del a, b[0], (c, d.e)
assert a, b
global p, q
type X[T] = list[T]
match x, *y:
    case 1 | -1.5 | 1 + 2j | "s" "t" | None | True: pass
    case [a, *_, b] | (c, d) if e: pass
    case {"k": v, 1: _, **rest}: pass
    case A.B(x, y=1) as z: pass
    case _: pass
match = case = type = _ = 1
x = (
    1,  # one

    2,
)
y = 1 \
    + 2
if 1:
    # comment first
    pass
  # odd comment
print(*a, sep='')
lambda *a, k=1: 0
