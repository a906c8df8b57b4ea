import _contextvars, re
from _contextvars import *
def show(label, f):
    try: print(label, f())
    except Exception as e: print(label, type(e).__name__, re.sub('0x[0-9a-f]+', '0x', str(e)))
def clean(x): return re.sub('0x[0-9a-f]+', '0x', repr(x))
v = ContextVar('v', default=5); w = ContextVar('w'); print(clean(v), clean(w), v.name, v.get(), w.get(1)); show('w', lambda: w.get()); show('c', lambda: ContextVar()); show('c', lambda: ContextVar(5)); show('c', lambda: ContextVar('a', foo=5)); show('n', lambda: setattr(v, 'name', 1))
t = v.set(10); print(v.get(), clean(t), t.var is v, t.old_value, t.old_value is Token.MISSING); t2 = v.set(20); print(t2.old_value); v.reset(t2); print(v.get(), clean(t2)); show('r', lambda: v.reset(t2)); show('r', lambda: w.reset(t)); show('r', lambda: v.reset(5)); v.reset(t); print(v.get())
c = copy_context(); print(len(c), list(c), v in c)
def f(a, b=2): v.set(a); w.set(b); return v.get() + w.get()
print(c.run(f, 1, b=5), v.get(), w.get('none'), c[v], c[w], len(c), sorted(x.name for x in c), sorted(c.values()), sorted(k.name for k, _ in c.items()), c.get(v), c.get(ContextVar('z')), c.get(ContextVar('z'), 9)); show('k', lambda: c[5]); show('k', lambda: c['a']); show('k', lambda: 5 in c); show('k', lambda: c[ContextVar('zz')]); show('run', lambda: c.run()); show('run', lambda: c.run(lambda: c.run(f, 1))); show('run', lambda: c.run(lambda: 1 / 0)); print(c.run(lambda: v.get()))
d = c.copy(); d.run(v.set, 77); print(c[v], d[v], c == d, c == c.copy(), c != d, Context() == Context()); show('C', lambda: Context(1)); show('h', lambda: hash(c)); show('T', lambda: Token()); show('lt', lambda: c < d)
tok = []
c.run(lambda: tok.append(v.set(3))); show('tok', lambda: v.reset(tok[0])); c.run(v.reset, tok[0]); print(c[v]); print(ContextVar[int], Token[int]); show('sub', lambda: type('X', (ContextVar,), {})); show('sub', lambda: type('X', (Context,), {}))
import _queue
q = _queue.SimpleQueue(); [q.put(i) for i in range(5)]; print(q.qsize(), q.empty(), q.get(), q.get_nowait(), q.get(False), q.get(timeout=1), q.get(block=True), q.empty()); show('q', lambda: q.get(False)); show('q', lambda: q.get_nowait()); show('q', lambda: q.get(timeout=0.01)); show('q', lambda: q.get(timeout=-1)); q.put_nowait(3); q.put(4, True, None); print(q.get(), q.get(), _queue.Empty, _queue.Empty.__mro__)
