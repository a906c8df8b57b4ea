# Generators and coroutines that only the frame which resumes them knows, and what makes them known.
import sys
def g(n):
    for i in range(n): yield i
def tree(d):
    if d:
        yield from tree(d-1); yield d; yield from tree(d-1)
print(sum(1 for _ in tree(10)), [x for x in g(5)], list(tree(3)))
keep=[]
def selfish(n):
    f=sys._getframe(); keep.append(f)
    for i in range(n): yield i
for x in selfish(3): pass
for i in range(2000):
    for x in g(2): pass
print(keep[0].f_locals['i'], keep[0].f_code.co_name)
# exceptions, break, return in loop
def boom(n):
    yield 1
    raise KeyError(n)
def catch():
    for i in range(200):
        try:
            for x in boom(i): pass
        except KeyError as e: last=e
    return last.args, last.__traceback__.tb_next.tb_frame.f_code.co_name
print(catch())
def brk():
    t=0
    for i in range(500):
        for x in g(10):
            if x==3: break
            t+=x
    return t
print(brk())
# yield from with value, inner retained by gi_yieldfrom
def inner():
    r=yield 'a'
    r2=yield r
    return ('done',r2)
def outer():
    v=yield from inner()
    yield v
    w=yield from inner()
    yield w
for k in range(300):
    o=outer(); next(o); y=o.gi_yieldfrom
    o.send(1); r=o.send(2); assert r==('done',2); 
    junk=[g(3) for _ in range(5)]
    assert y.gi_frame is None and y.__name__=='inner', y
    try: next(y)
    except StopIteration: pass
    o.close()
# coroutines
async def c0(x): return x*2
async def c1(x):
    s=0
    for i in range(x): s+=await c0(i)
    return s
class Aw:
    def __await__(self):
        return (yield self)
async def c2(x):
    a=await Aw()
    return await c1(x)+a
def run(c,v=None):
    out=[]
    try:
        while True: out.append(type(c.send(v)).__name__); v=10
    except StopIteration as e: return e.value,out
print(run(c1(50)),run(c2(5)))
async def nested(d):
    if d==0: return await Aw()
    return await nested(d-1)+1
c=nested(5); c.send(None)
chain=[]; a=c
while a is not None and hasattr(a,'cr_await'): chain.append(a); a=a.cr_await
print(len(chain),[x.__name__ for x in chain])
try: c.send(100)
except StopIteration as e: print(e.value)
for x in range(1000):
    run(c1(3))
print([x.cr_frame for x in chain],[x.cr_running for x in chain])
# throw / close through
def delegating():
    try: yield from inner2()
    except ValueError as e: yield ('caught',str(e))
def inner2():
    try: yield 1
    except KeyError: yield 'key'
    yield 2
d=delegating(); print(next(d), d.throw(KeyError('k')), d.throw(ValueError('v')))
def fin():
    try: yield 1
    finally: log.append('fin')
log=[]
for x in fin(): pass
def usefin():
    for x in fin(): return x
usefin(); print(len(log)>=1)
# generator of generators, recursion limit
def deep(n):
    if n: 
        yield from deep(n-1)
    yield n
print(sum(deep(200)))
def inf():
    yield from inf()
try: list(inf())
except RecursionError as e: print('rec')
async def ainf(): await ainf()
try: run(ainf())
except RecursionError: print('arec')
# async comprehension, async generators
async def ag(n):
    for i in range(n): yield await c0(i)
async def use(): return [x async for x in ag(6)]+[await c0(i) for i in range(3)]
print(run(use()))
# iter of stored generator
s=g(4); print([x for x in s],[x for x in s])
def pair():
    s=g(3)
    return s,[x for x in s]
p=pair(); print(next(p[0],'end'))
class It:
    def __iter__(self): return g(3)
    def gen(self): yield from self; yield from (i*i for i in range(3))
print(list(It().gen()), [x for x in It()], sum(x for x in It()))
# genexpr nested with closures
print([a for b in ((i,j) for i in range(3) for j in range(2)) for a in b])
data={k:v for k,v in ((i,str(i)) for i in range(1000))}; print(len(data), data[999])
# tracing
ev=[]
def tr(f,e,a): ev.append((f.f_code.co_name,e)); return tr
def traced():
    for x in g(2): pass
sys.settrace(tr); traced(); sys.settrace(None)
print(ev[:6],len(ev))
class Bad:
    def __init__(self): yield 1
try: Bad()
except TypeError as e: print(e)
