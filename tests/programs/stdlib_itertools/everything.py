import warnings; warnings.simplefilter('ignore')
import itertools as it
from itertools import *
def show(label, f):
    try:
        print(label, f())
    except Exception as e:
        print(label, type(e).__name__, e)

def lst(x, n=30):
    out = []
    for i, v in enumerate(x):
        if i >= n: out.append('...'); break
        out.append(v)
    return out

for a in [(), (5,), (5, 2), (5, 1), (1.5,), (1.5, .5), (True,), (2**62,), (2**63-3,), (10, -1), (1, True), (3, 2**70), (1j,), (0, 1.0)]:
    c = count(*a)
    show(('count', a), lambda: (repr(c), lst(c, 5), repr(c), c.__reduce__()))
show('count kw', lambda: lst(count(start=3, step=4), 3))
for bad in [('a',), (1, 'b'), (1, 2, 3), (None,)]:
    show(('count bad', bad), lambda: count(*bad))
show('count bad kw', lambda: count(foo=1))

for a in ['', 'a', 'abc', [1, 2], range(0)]:
    c = cycle(a)
    show(('cycle', a), lambda: lst(c, 7))
    show('reduce', lambda: [type(x).__name__ for x in c.__reduce__()])
show('cycle', lambda: cycle())
show('cycle', lambda: cycle(5))
show('cycle', lambda: cycle([1], x=2))
c = cycle('abcd'); [next(c) for _ in range(6)]
r = c.__reduce__()
print(list(r[1][0]), r[2])
c2 = cycle('xyz'); next(c2); c2.__setstate__((['p', 'q'], 0)); print(lst(c2, 8))
show('setstate', lambda: c2.__setstate__(5)); show('setstate', lambda: c2.__setstate__((1,))); show('setstate', lambda: c2.__setstate__(((), 0)))

for a in [('a', 3), ('a', 0), ('a', -2), ([], 2)]:
    r = repeat(*a)
    show(('repeat', a), lambda: (repr(r), r.__length_hint__(), list(r), repr(r), r.__reduce__()))
r = repeat(None); show('rep', lambda: (repr(r), lst(r, 3), r.__reduce__())); show('hint', lambda: r.__length_hint__())
show('rep', lambda: repeat()); show('rep', lambda: repeat(1, 2, 3)); show('rep', lambda: repeat(1, 'x')); show('rep', lambda: list(repeat(object=4, times=2)))
show('rep', lambda: repeat(1, times=2.0)); show('rep', lambda: repeat(x=1))

show('compress', lambda: list(compress('ABCDEF', [1, 0, 1, 0, 1, 1])))
show('compress', lambda: list(compress(data='ABC', selectors=[1, [], (0,)])))
show('compress', lambda: compress('a')); show('compress', lambda: compress(1, 2)); show('compress', lambda: compress('a', 'b', 'c'))
show('drop', lambda: list(dropwhile(lambda x: x < 5, [1, 4, 6, 4, 1])))
show('take', lambda: list(takewhile(lambda x: x < 5, [1, 4, 6, 4, 1])))
show('ff', lambda: list(filterfalse(lambda x: x % 2, range(10))))
show('ff', lambda: list(filterfalse(None, [0, 1, '', 'a', [], None])))
show('ff', lambda: list(filterfalse(bool, [0, 1, '', 'a', [], None])))
for f in (dropwhile, takewhile, filterfalse, starmap):
    show(f.__name__, lambda: f()); show(f.__name__, lambda: f(1)); show(f.__name__, lambda: f(1, 2)); show(f.__name__, lambda: f(1, [], 3)); show(f.__name__, lambda: f(1, [], x=3))
    show(f.__name__, lambda: list(f(5, [1])))
    show(f.__name__, lambda: f.__qualname__ + f.__module__ + str(f))
d = dropwhile(lambda x: x < 2, [0, 1, 2, 0]); next(d); r = d.__reduce__(); print(len(r), r[2], type(r[2]))
t = takewhile(lambda x: x < 2, [0, 1, 2, 0]); list(t); print(list(t)); r = t.__reduce__(); print(len(r), r[2])
t.__setstate__(0); print(list(t))

for a in [(3,), (0,), (None,), (2, 5), (2, None), (None, 4), (1, 10, 3), (0, 10, None), (5, 2), (None, None, 4), (3, 3)]:
    show(('islice', a), lambda: list(islice(range(12), *a)))
for a in [(-1,), ('a',), (1, -2), (-1, 5), (0, 5, 0), (0, 5, -1), (0, 5, 'x'), (1, 2, 3, 4), (), (2**70,), (1.5,), (0, 'a')]:
    show(('islice bad', a), lambda: list(islice(range(12), *a)))

i = iter(range(20)); s = islice(i, 2, 9, 3); print(list(s), list(i))
s = islice(range(10), 1, 8, 2); next(s); print(s.__reduce__()[1][1:], s.__reduce__()[2]); list(s); print(s.__reduce__()[1][1:])
show('islice', lambda: islice(5, 1)); show('islice kw', lambda: islice([], stop=1))

show('chain', lambda: list(chain('ab', [1, 2], (), {3: 4})))
show('chain', lambda: list(chain())); show('chain', lambda: list(chain(1))); show('chain', lambda: chain(x=1)); show('chain', lambda: list(chain.from_iterable(['ab', 'cd'])))
show('chain', lambda: chain.from_iterable(3)); show('chain', lambda: list(chain.from_iterable([3])))
c = chain('ab', 'cd'); next(c); r = c.__reduce__(); print(r[0], r[1], len(r[2])); list(c); print(c.__reduce__())
show('chain ss', lambda: c.__setstate__((1,))); c.__setstate__((iter(['xy']),)); print(list(c)); print(chain[int])
class C(chain):
    def __init__(self, *a, **k): self.k = k
print(C('ab', z=1).k, list(C.from_iterable(['q'])), type(C.from_iterable([])))

show('starmap', lambda: list(starmap(pow, [(2, 5), [3, 2], (10, 3)])))
show('starmap', lambda: list(starmap(pow, [5]))); show('starmap', lambda: list(starmap(lambda *a: a, ['ab', {}, range(3)])))

for a in [('ABCD', 'xy'), (), ('',), ('ab', '', [1, 2, 3])]:
    show(('zl', a), lambda: list(zip_longest(*a))); show('zlf', lambda: list(zip_longest(*a, fillvalue='-')))
show('zl', lambda: zip_longest(1)); show('zl', lambda: zip_longest([], foo=1)); show('zl', lambda: zip_longest([], fillvalue=1, foo=1))
z = zip_longest('abc', 'x', fillvalue=0); next(z); next(z); r = z.__reduce__(); print(len(r), [type(x).__name__ for x in r[1]], r[2])
def bad():
    yield 1
    raise ValueError('bad')
z = zip_longest(bad(), 'abc'); print(next(z)); show('zl', lambda: next(z)); show('zl', lambda: next(z, 'end'))

show('acc', lambda: list(accumulate([1, 2, 3, 4]))); show('acc', lambda: list(accumulate('abc'))); show('acc', lambda: list(accumulate([1, 2, 3], initial=100)))
show('acc', lambda: list(accumulate([3, 1, 4], max))); show('acc', lambda: list(accumulate([], initial=None))); show('acc', lambda: list(accumulate([], initial=0)))
show('acc', lambda: list(accumulate([1, 'a']))); show('acc', lambda: accumulate()); show('acc', lambda: accumulate([], None, 1)); show('acc', lambda: list(accumulate([[1], [2]], func=lambda a, b: a + b)))
a = accumulate([1, 2, 3]); print(len(a.__reduce__()), a.__reduce__()[2]); next(a); next(a); print(a.__reduce__()[1:]== (a.__reduce__()[1], 3)); 
a = accumulate([1, 2], initial=5); r = a.__reduce__(); print(list(r[1][0]), r[1][1], r[2])

for a in [('ABCDEFG', 3), ('', 2), ('ab', 5), (range(4), 2)]:
    show(('batched', a), lambda: list(batched(*a))); show('strict', lambda: list(batched(*a, strict=True)))
show('b', lambda: batched('a', 0)); show('b', lambda: batched('a')); show('b', lambda: batched('a', 'b')); show('b', lambda: batched(1, 2)); show('b', lambda: batched('a', 1, True)); show('b', lambda: list(batched(iterable='abc', n=2)))
show('pw', lambda: list(pairwise('abcd'))); show('pw', lambda: list(pairwise('a'))); show('pw', lambda: list(pairwise(''))); show('pw', lambda: pairwise()); show('pw', lambda: pairwise(1)); show('pw', lambda: pairwise([], x=1))

show('prod', lambda: list(product('AB', 'xy'))); show('prod', lambda: list(product('AB', repeat=3))); show('prod', lambda: list(product())); show('prod', lambda: list(product('ab', '')))
show('prod', lambda: list(product('ab', repeat=0))); show('prod', lambda: product('a', repeat=-1)); show('prod', lambda: product('a', foo=1)); show('prod', lambda: product(1)); show('prod', lambda: product('a', repeat='x')); show('prod', lambda: product('ab', repeat=2**62))
p = product('abc', 'de'); print(p.__reduce__()); next(p); next(p); next(p); print(p.__reduce__()); p.__setstate__((0, 5)); print(list(p)); print(p.__reduce__())
show('ss', lambda: product('ab').__setstate__((1, 2))); show('ss', lambda: product('ab').__setstate__(('x',)))
for r in [None, 0, 1, 2, 3, 4]:
    show(('perm', r), lambda: list(permutations('ABC', r)))
show('perm', lambda: permutations('a', -1)); show('perm', lambda: permutations('a', 'b')); show('perm', lambda: permutations()); show('perm', lambda: permutations(1)); show('perm', lambda: permutations('a', 1, 2)); show('perm', lambda: permutations('abc', 1.0))
print(len(list(permutations(range(7)))), hash(tuple(permutations(range(6), 4))))
p = permutations('abcd', 2); print(p.__reduce__()); next(p); next(p); next(p); next(p); print(p.__reduce__()); r = p.__reduce__(); q = r[0](*r[1]); q.__setstate__(r[2]); print(list(q) == list(p)); print(p.__reduce__())
for f in (combinations, combinations_with_replacement):
    for n in range(5):
        for r in range(6):
            show((f.__name__, n, r), lambda: list(f(range(n), r)))
    show('c', lambda: f('a', -1)); show('c', lambda: f('a')); show('c', lambda: f('a', 'b')); show('c', lambda: f(iterable='abc', r=2).__reduce__())
    c = f('abcd', 2); next(c); next(c); next(c); next(c); print(c.__reduce__()); c.__setstate__((0, 9)); print(list(c)); print(c.__reduce__())
    show('ss', lambda: f('ab', 2).__setstate__((1,)))
print(hash(tuple(combinations(range(12), 5))), hash(tuple(combinations_with_replacement(range(6), 5))), hash(tuple(product(range(3), repeat=7))))

print([(k, list(g)) for k, g in groupby('AAAABBBCCDAABBB')]); print([k for k, g in groupby('AAAABBBCCDAABBB')])
print([(k, list(g)) for k, g in groupby([3, 1, 5, 2, 4, 6, 7], lambda x: x % 2)]); print([(k, list(g)) for k, g in groupby(iterable=[1, 1], key=None)])
g = groupby('aab'); k1, g1 = next(g); k2, g2 = next(g); print(list(g1), list(g2)); show('g', lambda: next(g))
show('g', lambda: groupby()); show('g', lambda: groupby(1)); show('g', lambda: groupby([], 1, 2)); show('g', lambda: list(groupby([1], 5)))
g = groupby('aabb'); k, gr = next(g); next(gr); print(type(gr)); print(gr.__reduce__()[1][1]); 
a, b = tee([1, 2, 3]); print(next(a), next(a), list(b), list(a)); print(tee([1], 0), len(tee([1], 5))); show('tee', lambda: tee([1], -1)); show('tee', lambda: tee(1)); show('tee', lambda: tee()); show('tee', lambda: tee([], 'x')); show('tee', lambda: tee([], 1, 2))
a, b, c = tee(range(200), 3); print(sum(a), sum(islice(b, 100)), sum(c), sum(b)); d = tee(b, 1)[0]; print(type(d))
x, y = tee('abc'); next(x); z = x.__copy__(); print(list(x), list(y), list(z)); show('tee type', lambda: type(x)(5)); print(list(type(x)('pq')))
class R:
    first = True
    def __iter__(self): return self
    def __next__(self):
        if self.first:
            self.first = False
            return next(self.t)
        raise StopIteration
r = R(); r.t, _ = tee(r); show('reenter', lambda: next(r.t))
for n in sorted(dir(it)):
    if n[0] != '_':
        o = getattr(it, n); print(n, o.__name__, o.__module__, type(o).__name__)
        if isinstance(o, type):
            try:
                class S(o): pass
                print('sub ok')
            except TypeError as e: print(e)
class CC(count):
    pass
q = CC(5); q.attr = 7; print(q, next(q), q.attr, q.__reduce__())
