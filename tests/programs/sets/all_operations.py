# set and frozenset: results, orders and errors of every operation.
def show(f, *a, **k):
    try:
        r = f(*a, **k)
        print(repr(r))
    except BaseException as e:
        print(type(e).__name__, e)

# sets
show(set,5); show(set,[[]]); show(set,"hello" and [3,1,2]); show(set,[1],[2]); show(lambda: set(a=1)); show(frozenset,[1,2],3); show(lambda: frozenset(a=1))
s={3,1,2}
print(s, frozenset(s), set(), frozenset(), {frozenset([1])})
show(s.add,[]); show(s.remove,9); show(s.remove,[]); show(s.remove,{9}); show(s.discard,9); show(set().pop); show(s.pop); print(s)
show(lambda: {1}|[2]); show(lambda: {1}.union([2],(3,),{4:5})); show(lambda: {1}<[1]); show(lambda: {1}&{1,2}); show(lambda: {1}-{1}); show(lambda: {1}^{2}); show(lambda: {1,2}>{1}); show(lambda: {1}>={1}); show(lambda: {1}<{2})
show(lambda: {1,2}.issubset([1,2,3])); show(lambda: {1,2}.issuperset([1])); show(lambda: {1,2}.isdisjoint([3])); show(lambda: {1}.intersection(5)); show(lambda: {1}.union(5)); show(lambda: {1}.difference([1],[2]))
print({1}|frozenset([2]), frozenset([2])|{1}, type(frozenset([2])|{1}), {1}==frozenset([1]), hash(frozenset({1}))==hash(frozenset([1])))
print({frozenset([1,2]):3}[frozenset([2,1])], {1,2} in {frozenset([1,2])}, frozenset([1]) is frozenset(frozenset([1])) )
def mset(f):
    s=set(range(10))
    for x in s: f(s,x)
    return s
show(mset, lambda s,x: s.add(x+100)); show(mset, lambda s,x: s.discard(x)); show(mset, lambda s,x: s.add(x))
class SS(set): pass
class FS(frozenset): pass
q=SS([1]); q.x=[q]; print(q, SS(), FS([2]), FS(), (q|{2}).__class__, (FS([1])|{2}).__class__, q.copy().__class__, FS([1]).copy().__class__)
class RS(set):
    def __hash__(self): return 1
rs=RS(); rs.add(rs); print(rs)
def sops():
    a={1,2,3}; a|={4}; a-={1}; a&={2,3,4}; a^={2,9}; return a
show(sops)
def sbad():
    a={1}; a|=[2]
show(sbad)
print({1,1.0,True}, {0,False,0.0,-0.0}, {float('nan'),}, len({float('nan'),float('nan')}))
n=float('nan'); print(n in [n], n in {n}, n==n, [n]==[n], {n:1}=={n:1})
print(set(range(100))-set(range(0,100,3)), sorted(set(range(50))^set(range(25,75)))[:5])
print({-1,-2,-3,2**61-1,2**61,2**62}); print({(i,j) for i in range(4) for j in range(4)})
print(iter({1,2,3}).__length_hint__(), iter({5,6}).__reduce__()[1])
