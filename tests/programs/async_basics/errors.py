# Errors of awaitables and of what is not awaitable.
async def f(): return 1
c = f()
print(type(c), c.cr_await, c.cr_running, c.cr_frame is not None, c.cr_code.co_name, c.cr_origin)
try: c.send(1)
except TypeError as e: print(e)
try: c.send(None)
except StopIteration as e: print(e.value)
try: c.send(None)
except RuntimeError as e: print(e)
c = f(); c.close(); print(c.cr_frame)
try: c.send(None)
except RuntimeError as e: print(e)
c = f()
try: c.throw(ValueError('x'))
except ValueError as e: print('V', e)
c = f()
try:
    for x in c: pass
except TypeError as e: print(e)
try: iter(c)
except TypeError as e: print(e)
try: next(c)
except TypeError as e: print(e)
c.close()
async def g(): await 1
try: g().send(None)
except TypeError as e: print(e)
async def g():
    async for x in [1]: pass
try: g().send(None)
except TypeError as e: print(e)
async def g():
    async with 1: pass
try: g().send(None)
except TypeError as e: print(e)
class X:
    def __aiter__(self): return 1
async def g():
    async for x in X(): pass
try: g().send(None)
except TypeError as e: print(e)
class X:
    def __aiter__(self): return self
    def __anext__(self): return 1
try: g().send(None)
except TypeError as e: print(e)
class X:
    def __await__(self): return 1
async def g(): await X()
try: g().send(None)
except TypeError as e: print(e)
class X:
    def __await__(self): return f()
async def g(): await X()
try: g().send(None)
except TypeError as e: print(e)
class X:
    def __aenter__(self): pass
async def g():
    async with X(): pass
try: g().send(None)
except TypeError as e: print(e)
class X:
    def __enter__(self): pass
    def __exit__(self,*a): pass
async def g():
    async with X(): pass
try: g().send(None)
except TypeError as e: print(e)
class X:
    def __aenter__(self): pass
    def __aexit__(self,*a): pass
async def g():
    with X(): pass
try: g().send(None)
except TypeError as e: print(e)
async def g():
    async with X(): pass
try: g().send(None)
except TypeError as e: print(e)
async def g():
    x = yield 1
ag = g()
print(ag.ag_running, ag.ag_await, ag.ag_frame is not None, ag.ag_code.co_name)
try: ag.__anext__().send(1)
except TypeError as e: print('E', e)
a = g()
an = a.__anext__()
try: an.send(None)
except StopIteration as e: print(e.value)
try: an.send(None)
except RuntimeError as e: print(e)
b = a.asend(3)
try: b.send(None)
except StopAsyncIteration as e: print('SAI', e)
print(type(an), type(b), type(a.aclose()), type(a.athrow(ValueError)))
a = g()
try: a.asend(1).send(None)
except TypeError as e: print(e)
async def g():
    yield 1
    raise StopAsyncIteration(5)
async def m():
    async for x in g(): print(x)
try: m().send(None)
except RuntimeError as e: print(repr(e), repr(e.__cause__))
async def g():
    raise StopIteration(5)
try: g().send(None)
except RuntimeError as e: print(repr(e), repr(e.__cause__))
try: aiter(1)
except TypeError as e: print(e)
try: anext(1)
except TypeError as e: print(e)
async def g():
    try:
        yield 1
    except GeneratorExit:
        yield 2
a = g()
try: a.__anext__().send(None)
except StopIteration: pass
try: a.aclose().send(None)
except RuntimeError as e: print(e)
async def reuse(): pass
r = reuse()
async def k():
    await r
    await r
try: k().send(None)
except RuntimeError as e: print(e)
