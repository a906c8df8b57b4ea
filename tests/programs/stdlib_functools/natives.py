import warnings; warnings.simplefilter('ignore')
import _functools, _operator, _collections
from _functools import partial, reduce, cmp_to_key, _lru_cache_wrapper
def show(label, f):
    try: print(label, f())
    except Exception as e: print(label, type(e).__name__, e)
def f(*a, **k): return a, k
p = partial(f, 1, 2, x=3)
show('p', lambda: p()); show('p', lambda: p(4, y=5)); show('p', lambda: p(x=9)); show('p', lambda: p(*range(20), z=1))
q = partial(p, 7, w=8); show('q', lambda: (q.func is f, q.args, q.keywords)); show('q', lambda: q(x=0))
show('p', lambda: partial()); show('p', lambda: partial(5)); show('p', lambda: partial(func=5))

class P(partial): pass
pp = P(len); pp.z = 3; print(pp('abc'), pp.__dict__, P(pp, 'a').func is pp, type(P(pp, 'a')))
print(repr(P(int, base=2)), P(int, base=2)('101'))
show('set', lambda: setattr(p, 'func', 1)); p.extra = 5; print(p.__dict__, p.extra, p.__reduce__()[2][3])
r = p.__reduce__(); n = r[0](*r[1]); n.__setstate__(r[2]); print(n.args, n.keywords, n.extra)
show('ss', lambda: n.__setstate__(5)); show('ss', lambda: n.__setstate__((len, 1, 2, 3)))
print(partial[int])
p = partial(f); p.keywords['a'] = 1; print(p())
c = partial(f, 1); 
class H:
    m = partial(f, 'cls')
print(H().m(2))
p2 = partial(f); p2.__setstate__((p2, (), {}, {})); print(repr(p2))
show('r', lambda: reduce(lambda a, b: a * b, range(1, 6))); show('r', lambda: reduce(lambda a, b: a + b, [], 'x')); show('r', lambda: reduce(len, [])); show('r', lambda: reduce(len, 5)); show('r', lambda: reduce(len)); show('r', lambda: reduce(1, [2, 3]))
k = cmp_to_key(lambda a, b: (a > b) - (a < b)); print(sorted([3, 1, 2], key=k), k(1) < k(2), k(1) == k(1), k(2).obj, k(obj=3) >= k(2))
show('k', lambda: k(1) < 2); show('k', lambda: hash(k(1))); show('k', lambda: k()); show('k', lambda: cmp_to_key()); show('k', lambda: k.obj); show('k', lambda: cmp_to_key(mycmp=5)(1) < k(2))
CI = lambda h, m, x, c: ('CI', h, m, x, c)
calls = []
def g(*a, **k):
    calls.append((a, tuple(k.items())))
    return len(calls)
for size in (None, 0, 2, -3):
    for typed in (False, True):
        w = _lru_cache_wrapper(g, size, typed, CI)
        out = [w(1), w(1.0), w(1), w('a'), w('a'), w(1, 2), w(1, x=2), w(x=2), w(x=2), w(True), w(1)]
        print(size, typed, [o - out[0] for o in out], w.cache_info()); w.cache_clear(); print(w.cache_info())
show('l', lambda: _lru_cache_wrapper(g)); show('l', lambda: _lru_cache_wrapper(5, 1, 2, 3)); show('l', lambda: _lru_cache_wrapper(g, 'a', 2, 3)); 
w = _lru_cache_wrapper(g, 3, False, CI); show('l', lambda: w([])); w.foo = 1; print(w.__dict__)
@lambda fn: _lru_cache_wrapper(fn, None, False, CI)
def fib(n): return n if n < 2 else fib(n - 1) + fib(n - 2)
print(fib(80), fib.cache_info())
@lambda fn: _lru_cache_wrapper(fn, 5, False, CI)
def fib2(n): return n if n < 2 else fib2(n - 1) + fib2(n - 2)
print(fib2(60), fib2.cache_info())
class M:
    @lambda fn: _lru_cache_wrapper(fn, 5, False, CI)
    def meth(self, x): return x * 2
m = M(); print(m.meth(4), m.meth(4), M.meth.cache_info(), m.meth.__self__ is m)
# operator
import _operator as op
for n in ['add', 'sub', 'mul', 'floordiv', 'truediv', 'mod', 'pow', 'lshift', 'rshift', 'and_', 'or_', 'xor', 'eq', 'ne', 'lt', 'le', 'gt', 'ge', 'is_', 'is_not', 'iadd', 'isub', 'imul', 'ifloordiv', 'itruediv', 'imod', 'ipow', 'ilshift', 'irshift', 'iand', 'ior', 'ixor', 'matmul', 'imatmul', 'concat', 'iconcat', 'contains', 'countOf', 'indexOf', 'getitem', 'delitem']:
    fn = getattr(op, n)
    for a, b in [(7, 3), (2.5, 2), ('abc', 'b'), ([1, 2, 1], 1), ([1], [2]), ((1,), (2,)), ({1, 2}, {2}), (7, 0), (None, 1)]:
        show((n, a, b), lambda: fn(a, b))
    show(n, lambda: fn(1)); show(n, lambda: fn(1, 2, 3)); print(fn.__name__, fn.__module__)
for n in ['neg', 'pos', 'abs', 'inv', 'invert', 'not_', 'truth', 'index', 'length_hint']:
    for a in [5, -2.5, True, [], 'ab', None]: show((n, a), lambda: getattr(op, n)(a))
show('lh', lambda: op.length_hint(5, -7)); show('lh', lambda: op.length_hint(iter([1, 2]), 9)); show('lh', lambda: op.length_hint([], 'a')); show('call', lambda: op.call(f, 1, x=2)); show('call', lambda: op.call())
d = [1, 2, 3]; op.setitem(d, 0, 9); op.delitem(d, 1); print(d); show('si', lambda: op.setitem(d, 5, 1))
show('cd', lambda: op._compare_digest('a', 'a')); show('cd', lambda: op._compare_digest(b'a', bytearray(b'b'))); show('cd', lambda: op._compare_digest('é', 'é')); show('cd', lambda: op._compare_digest(1, 'a'))
ig, ag, mc = op.itemgetter, op.attrgetter, op.methodcaller
print(ig(1), ig('a', 2), ig(1)('xyz'), ig(1, -1)([4, 5, 6]), ig('k')({'k': 5}), ig(slice(0, 2))('hello'))
show('ig', lambda: ig()); show('ig', lambda: ig(1)()); show('ig', lambda: ig(5)([1])); show('ig', lambda: ig(1, x=2)); show('ig', lambda: ig(1)(1)); show('ig', lambda: ig('a')([1])); show('ig', lambda: ig(1)([1], 2))
print(ag('real'), ag('real', 'imag')(3 + 4j), ag('__class__.__name__')(5), ag('a.b', 'c'))
show('ag', lambda: ag()); show('ag', lambda: ag(5)); show('ag', lambda: ag('foo')(5)); show('ag', lambda: ag('real.foo')(5)); show('ag', lambda: ag('a')())
print(mc('upper'), mc('upper')('abc'), mc('split', ',', maxsplit=1), mc('split', ',', maxsplit=1)('a,b,c'), mc('replace', 'a', 'b')('banana'))
show('mc', lambda: mc()); show('mc', lambda: mc(5)); show('mc', lambda: mc('foo')(5)); show('mc', lambda: mc('upper')()); show('mc', lambda: mc('upper')(1, 2))
print(ig(1, 2).__reduce__(), ag('a', 'b.c').__reduce__(), mc('x', 1).__reduce__()); r = mc('x', 1, y=2).__reduce__(); print(r[0].args, r[0].keywords, r[1])
# collections
dq = _collections.deque
def D(*a, **k): return dq(*a, **k)
x = D('abc'); x.append('d'); x.appendleft('z'); print(x, len(x), x[0], x[-1], 'c' in x, 'q' in x, list(reversed(x)), x.count('a'), x.index('c'))
show('i', lambda: x.index('zz')); show('i', lambda: x[9]); show('i', lambda: x['a']); show('i', lambda: x[1:2]); show('i', lambda: x.index('a', 2)); show('i', lambda: x.index('a', -5, 5)); show('i', lambda: x[2**70])
x.rotate(2); print(x); x.rotate(-1); print(x); x.rotate(); print(x); x.rotate(17); print(x); x.reverse(); print(x); x.extend([1, 2]); x.extendleft([8, 9]); print(x); x.remove('a'); print(x); show('rm', lambda: x.remove('nope')); x.insert(2, 'I'); x.insert(-1, 'J'); x.insert(100, 'K'); x.insert(-100, 'L'); print(x)
del x[0]; del x[-1]; x[1] = 'S'; print(x, x.pop(), x.popleft()); 
show('e', lambda: D().pop()); show('e', lambda: D().popleft()); show('e', lambda: D(maxlen=-1)); show('e', lambda: D(maxlen='a')); show('e', lambda: D(5)); show('e', lambda: D(1, 2, 3)); show('e', lambda: hash(D())); show('e', lambda: D() + [1]); show('e', lambda: D().insert('a', 1)); show('e', lambda: D('a', maxlen=1).insert(0, 1)); show('e', lambda: D() < [1]); show('e', lambda: setattr(D(), 'maxlen', 4)); show('e', lambda: D().rotate('a')); show('e', lambda: D(foo=1))
y = D(range(10), maxlen=3); print(y, y.maxlen); y.append(99); y.appendleft(-1); print(y); y.extend('pqrs'); print(y); y *= 3; print(y); print(y * 2, D('ab') * 3, 2 * D('x'), D('ab') * 0, D('ab') * -1); y += 'zz'; print(y)
print(D('ab') + D('cd'), D('ab') == D('ab'), D('ab') != D('ac'), D('ab') < D('b'), D('abc') >= D('ab'), D() == [], D([1, 2]) > D([1]))
z = D([1, 2, 3]); it = iter(z); next(it); z.append(4); show('mut', lambda: next(it)); show('mut', lambda: list(it))
def mut():
    for v in z: z.append(v)
show('mut', mut); it = iter(D('abc')); next(it); print(it.__length_hint__(), it.__reduce__(), type(it), type(reversed(z)))
z.append(z); print(z); z.clear(); print(z, z.copy(), D('ab', 5).copy(), D('ab', 5).__reduce__()[:3], D('ab').__reduce__()[1])
class DD(dq):
    def __init__(self, *a, **k): super().__init__(*a, **k); self.tag = 1
d2 = DD('ab', maxlen=4); print(d2, d2.copy(), type(d2.copy()), d2.__reduce__()[:3], d2.tag, dq[int])
big = D(range(1000)); 
for i in range(500): big.append(big.popleft())
print(big[0], big[999], sum(big)); big.rotate(333); print(big[0])
w = D('abc'); w.extend(w); w.extendleft(w); print(w)
dd = _collections.defaultdict
a = dd(list); a['x'].append(1); a['y']; print(a, a.default_factory, dict(a), a['x'], len(a)); show('dd', lambda: dd()['q']); show('dd', lambda: dd(None)['q']); show('dd', lambda: dd(5)); show('dd', lambda: dd(1, 2, 3)); print(dd(int, a=1), dd(int, {'b': 2}, c=3), dd(int, [(1, 2)]))
print(a.copy(), type(a.copy()), a.__copy__() == a, a | {'z': 1}, {'z': 1} | a, type({'z': 1} | a)); a |= {'k': 0}; print(a, a.__reduce__()[:4], list(a.__reduce__()[4])); show('dd', lambda: a | 5); a.default_factory = None; print(a); show('dd', lambda: a['nope'])
class CD(dd): 
    def __repr__(self): return 'CD' + super().__repr__()
c = CD(int); c['a'] += 1; c.attr = 4; print(c, c.attr, c.__dict__, dd(dd)[1], CD(lambda: 5)['x']); a = dd(); a.default_factory = a.__missing__ if 0 else None; print(repr(dd(int)))
x = dd(lambda: x); show('miss', lambda: a.__missing__(3))
ce = _collections._count_elements; m = {}; ce(m, 'abracadabra'); print(m)
class MM(dict):
    def get(self, k, d): return d
m = MM(); ce(m, 'aab'); print(m)
tg = _collections._tuplegetter; t = tg(1, 'doc'); print(t, t.__doc__, t.__get__((1, 2), tuple), t.__get__(None, tuple) is t, t.__reduce__()); show('tg', lambda: t.__get__((1,), tuple)); show('tg', lambda: t.__get__(5, int)); t.__doc__ = 'x'; print(t)
