import _collections
OD = _collections.OrderedDict
def show(label, f):
    try: print(label, f())
    except Exception as e: print(label, type(e).__name__, e)
o = OD([('a', 1), ('b', 2)], c=3); print(o, repr(OD()), len(o), list(o), list(reversed(o)), o['b'])
o.move_to_end('a'); print(o); o.move_to_end('c', last=False); print(o); o.move_to_end('c', False); print(o); show('m', lambda: o.move_to_end('zz')); show('m', lambda: OD().move_to_end(1)); o.move_to_end(key='b', last=False); print(o)
print(o.keys(), o.values(), o.items(), list(reversed(o.keys())), list(reversed(o.items())), list(reversed(o.values())), type(iter(o)), type(o.keys()), isinstance(o.keys(), type({}.keys())))
print(o.popitem(), o.popitem(last=False), o); show('pi', lambda: OD().popitem()); show('p', lambda: o.pop('q')); print(o.pop('q', 5), o.pop(key='q', default=6)); show('p', lambda: o.pop()); print(o.setdefault('n', 4), o.setdefault('n', 9), o.setdefault('m'), o)
print(OD.fromkeys('abc'), OD.fromkeys('ab', 7), OD.fromkeys(iterable='q', value=[])); show('fk', lambda: OD.fromkeys())
print(OD(a=1, b=2) == OD(b=2, a=1), OD(a=1, b=2) == dict(b=2, a=1), dict(b=2, a=1) == OD(a=1, b=2), OD(a=1) != OD(a=1), OD(a=1) != {'a': 2}); show('lt', lambda: OD() < OD())
show('init', lambda: OD(1, 2)); show('init', lambda: OD(5)); show('init', lambda: OD([1])); show('init', lambda: OD([(1,)])); show('init', lambda: OD([(1, 2, 3)])); show('init', lambda: OD([()])); show('h', lambda: hash(OD())); show('up', lambda: OD().update(1, 2))
o = OD.fromkeys('abcdef')
def m1():
    for k in o: o.move_to_end(k)
show('mut', m1); 
def m2():
    for k in o: o['new'] = 1
show('mut', m2)
def m3():
    for k in o: del o['new']
show('mut', m3); print(o)
def m4():
    for k in o:
        if k == 'f': o['g'] = 1
show('mut', m4)
o.tag = 5; print(o.__dict__, o.copy().__dict__, o.copy(), o.__reduce__()[:4], list(o.__reduce__()[4])); show('attr', lambda: o.nope)
print(OD(a=1) | {'b': 2}, {'b': 2} | OD(a=1), type({'b': 2} | OD(a=1))); o = OD(a=1); o |= [('z', 1)]; print(o); show('or', lambda: o | 5); o.update({'k': 1}, w=3); print(o)
class S(OD):
    def __setitem__(self, k, v): super().__setitem__(k, ('S', v))
    def __missing__(self, k): return 'missing ' + k
s = S(a=1); s.update(b=2); print(s, s['zz'], s.copy(), s.pop('a'), s.setdefault('q', 1), type(s.copy()), S.fromkeys('x')); s.extra = 1; print(s.__dict__)
q = OD()
for i in range(2000):
    q[i] = i
    if len(q) > 10: q.popitem(last=False)
print(list(q)); q.clear(); print(q); q[1] = q; print(q); q = OD.fromkeys(range(50)); 
for i in range(0, 50, 3): q.move_to_end(i, last=bool(i % 2))
print(list(q), 7 in q, q.keys() & {1, 2, 99}, q.keys() == set(range(50)), q.items() <= q.items())
for i in list(q)[:30]: del q[i]
print(list(q), list(q.items())[:3], sorted(q)); it = iter(q); next(it); print(it.__reduce__()); print(list(it)); print(list(it))
d = dict.fromkeys(range(10)); 
for i in range(5): del d[i]
print(next(iter(d)), d); d[0] = 1; print(d, list(reversed(d))); print(dict(OD(a=1)), {**OD(b=2, a=1)}, list(OD(a=1).items()), OD(OD(x=1)))
l = OD.fromkeys('xyz'); l.move_to_end('z', False); l['x'] = 5; print(l, l.popitem(False), l.popitem(False), l.popitem(False), l); l['new'] = 1; print(l)
