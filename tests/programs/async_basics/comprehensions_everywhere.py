# Asynchronous comprehensions and await in all positions.
def run(c):
    try:
        while True: c.send(None)
    except StopIteration as e: return e.value
class CM:
    async def __aenter__(self): return 1
    async def __aexit__(self, t, v, tb): print('exit', t); return False
async def f():
    for i in range(3):
        async with CM():
            if i == 0: continue
            if i == 1: break
    try:
        async with CM(): return 'ret'
    finally: print('f')
print(run(f()))
async def agen():
    for i in range(3): yield i
async def nested():
    return [[(x, y) async for y in agen()] async for x in agen() if [z async for z in agen()]]
print(run(nested()))
async def gg():
    async def inner():
        yield 1
        yield 2
    l = [i async for i in inner()]
    d = {k: [v async for v in inner()] for k in 'ab'}
    s = sum([i async for i in inner()])
    return l, d, s, await one()
async def one(): return 1
print(run(gg()))
async def star():
    def h(*a, **k): return a, k
    return h(*[x async for x in agen()], **{str(x): x async for x in agen()}), f'{await one()}', (await one()) + (await one()), -await one(), await one() ** 2
print(run(star()))
async def lam():
    f = lambda: [x for x in range(3)]
    return f(), [await one() for _ in range(3)], (await one() for _ in range(2))
r = run(lam())
print(r[:2], type(r[2]).__name__)
async def cond():
    return 1 if await one() else 2
print(run(cond()))
async def asrt():
    assert await one()
    assert not await one(), 'msg'
try: run(asrt())
except AssertionError as e: print(e)
class A:
    async def m(self): return self
    @classmethod
    async def c(cls): return cls
    @staticmethod
    async def s(): return 's'
    async def __call__(self): return 'call'
    @property
    async def p(self): return 'prop'
async def use():
    a = A()
    print(await a.m() is a, await A.c() is A, await a.s(), await a(), await a.p)
    del a
run(use())
import sys
print(f.__code__.co_flags & 0x80, agen.__code__.co_flags & 0x200)
