# compile() with PyCF_ALLOW_TOP_LEVEL_AWAIT and PyCF_OPTIMIZED_AST.
import ast
import asyncio
async def run(src, mode='exec'):
    g = {'asyncio': asyncio}
    c = compile(src, 'f', mode, ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
    print(hex(c.co_flags))
    r = eval(c, g)
    if asyncio.iscoroutine(r): r = await r
    g.pop('__builtins__', None); g.pop('asyncio')
    print(r, sorted(k for k in g), )
async def main():
    await run('x = await asyncio.sleep(0, 5)\ny = x + 1')
    await run('await asyncio.sleep(0, 7)', 'eval')
    await run('x = 1')
    await run('async def g():\n  for i in range(3): yield i\nr = [i async for i in g()]\nasync for k in g(): pass')
    await run('class C:\n  async def __aenter__(self): return 9\n  async def __aexit__(self,*a): print("exit")\nasync with C() as v: pass')
asyncio.run(main())
for src in ('await x', '[await x for i in y]', 'async for i in x: pass', 'async with a: pass', 'def f(): await x', 'class A: await x', 'lambda: await x', 'yield 1', '[i async for i in x]', '(i async for i in x)'):
    for fl in (0, 0x2000):
        try: c = compile(src, 'f', 'exec', fl); print(src, fl, hex(c.co_flags))
        except SyntaxError as e: print(src, fl, e)
print(ast.dump(ast.parse('x = 1 + 2 * 3; y = __debug__', optimize=1)))
print(ast.dump(ast.parse('x = 1 + 2 * 3')))
print(ast.dump(compile('"a" "b" + "c"; (1,2)[0]; not a == b; not a in b; -1; f"{1}"; assert 1', 'f', 'exec', ast.PyCF_OPTIMIZED_AST)))
