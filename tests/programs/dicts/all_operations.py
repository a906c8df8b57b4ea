# Hashes, dict, its views and iterators, mappingproxy: results and errors of every operation.
class operator:
    def setitem(a,b,c): a[b]=c
    def delitem(a,b): del a[b]
    def getitem(a,b): return a[b]
    def ior(a,b):
        a|=b
        return a
    def length_hint(a,b): return None
class types:
    MappingProxyType=type(type.__dict__)
def show(f, *a, **k):
    try:
        r = f(*a, **k)
        print(repr(r))
    except BaseException as e:
        print(type(e).__name__, e)

class H:
    def __init__(self, h, name): self.h=h; self.name=name
    def __hash__(self): return self.h
    def __eq__(self, o): return isinstance(o,H) and self.name==o.name
    def __repr__(self): return f"H({self.name})"
class BadHash:
    def __hash__(self): raise ValueError("no hash")
class BadEq:
    def __hash__(self): return 1
    def __eq__(self, o): raise ValueError("no eq")
class IntHash:
    def __hash__(self): return "x"
class Neg:
    def __hash__(self): return -1
class Big:
    def __hash__(self): return 1<<100

# hashes
for v in [0,1,-1,2**61-1,2**61-2,2**61,-(2**61),2**64,10**30,-10**30,1.0,0.5,-0.0,1e300,float('inf'),-float('inf'),True,False,(),(1,),(1,2,3),frozenset(),frozenset([1,2,3]),frozenset([frozenset([1]),2]),1j,2+3j,-1.0,-2,range(3)]:
    show(hash, v)
show(hash, [])
show(hash, {})
show(hash, set())
show(hash, {}.keys()); show(hash, {}.items())
show(hash, BadHash()); show(hash, IntHash()); show(hash, Neg()); show(hash, Big())
show(hash, slice(1,2)); 

# dict construct
show(dict); show(dict, [(1,2),(3,4)]); show(dict, a=1, b=2); show(dict, {'x':1}, x=2, y=3)
show(dict, [1]); show(dict, [(1,2,3)]); show(dict, ["ab","cd"]); show(dict, 5); show(dict, [(1,2)], [(3,4)])
show(dict, [([],1)]); show(dict, [[1,2],(3,4)]); show(dict, ["abc"]); show(dict, [()])
class M:
    def keys(self): return ["a","b"]
    def __getitem__(self,k): return k*2
show(dict, M()); 
class M2:
    def keys(self): return 5
    def __getitem__(self,k): return k
show(dict, M2())
class M3:
    def keys(self): raise KeyError("k")
show(dict, M3())
d={1:2,3:4,5:6}
show(d.get,1); show(d.get,9); show(d.get,9,'d'); show(d.get); show(d.get,1,2,3); show(d.get,[])
show(d.pop,1); show(d.pop,1); show(d.pop,1,None); show(d.pop); show({}.pop,[]); show(d.pop,[])
show(d.setdefault,7); show(d.setdefault,8,9); show(d.setdefault,[]); print(d)
show(d.popitem); show({}.popitem); print(d)
show(d.update,{1:1}); show(d.update,[(2,2)]); show(d.update,a=5); show(d.update,1); show(d.update,{},{}) ; print(d)
show(dict.fromkeys,"abc"); show(dict.fromkeys,[1,2],[]); show(dict.fromkeys); show(dict.fromkeys,5); show(dict.fromkeys,{1:2},3); show(dict.fromkeys,{4,5})
show(operator.getitem,d,99) ; show(operator.getitem,d,[]); show(operator.delitem,d,99); show(operator.setitem,d,[],1)
show(lambda: d[1.0]); show(lambda: d[True])
d2=d.copy(); d2['z']=d2; print(d2)
l={}; l['l']=[l]; print(l)
print({1:2}=={1:2.0}, {1:2}!={1:3}, {1:2}=={2:1}, {}=={}, {1:2}==5)
show(lambda: {}<{}); show(lambda: {}+{}); show(lambda: {}|1); show(lambda: {1:2}|{3:4}); show(lambda: 1|{})
def ior():
    x={1:2}; x|=[(3,4)]; return x
show(ior)
def ior2():
    x={1:2}; x|=5; return x
show(ior2)
print(list(reversed({1:2,3:4})), list(reversed({1:2,3:4}.items())), list(reversed({1:2,3:4}.values())))
print({}.keys(), {1:2}.keys(), {1:2}.values(), {1:2}.items())
k={1:2,3:4}.keys()
print(k&{1}, k|{9}, k-{1}, k^{1,7}, {1}&k, [1,5]|k, {1,2,3}-k, k&[3], k==({1,3}), k<{1,3,5}, k>={1}, k.isdisjoint({7}), k.isdisjoint([1]), 1 in k, 2 in k)
it={1:2,3:4}.items(); print(it&{(1,2)}, it^{1:2}.items(), it|[(1,)], (1,2) in it, (1,3) in it, 5 in it, it=={(1,2),(3,4)}, sorted(it-{(1,2)}))
show(lambda: k&5); show(lambda: k+k); show(lambda: k<5); show(lambda: it|[[]]); show(lambda: k-5)
print(k.mapping, type(k.mapping), len(k), len(it))
show(lambda: k.mapping.__setitem__)
def mut(f):
    d={i:i for i in range(5)}
    for k in d: f(d,k)
    return d
show(mut, lambda d,k: d.__setitem__(k+100,1)); show(mut, lambda d,k: d.__delitem__(k)); show(mut, lambda d,k: d.__setitem__(k,9)); show(mut, lambda d,k: (d.__delitem__(k), d.__setitem__(k+50,1)))
def mutv():
    d={1:1,2:2}; i=iter(d.items()); next(i); d[3]=3
    try: next(i)
    except RuntimeError as e: print(e)
    try: next(i)
    except RuntimeError as e: print(e)
mutv()
i=iter({1:2,3:4}); print(i.__length_hint__()); next(i); print(i.__length_hint__(), i.__reduce__()[1]); print(list(i), list(i))
class D(dict):
    def __missing__(self,k): return ("missing",k)
x=D(a=1); print(x['a'],x['b'],x.get('b'),x, repr(x), x.copy().__class__.__name__, (x|{}).__class__.__name__, type(D.fromkeys([1])).__name__)
class E(dict):
    def __getitem__(self,k): return 1
    def keys(self): return ['q']
    def __iter__(self): return iter(['w'])
print(dict(E(a=2)), {**E(a=2)}, E(a=2).copy())
def f(**k): return k
show(lambda: f(**{'a':1}, **{'a':2})); show(lambda: f(**5)); show(lambda: f(**{1:2})); show(lambda: f(**E(a=1)))
show(lambda: {**5}); show(lambda: {**{1:2},**{1:3},4:5})
# eq mutating
d={}; d[BadEq()]=1; show(lambda: d[BadEq()]); show(d.get, 1)
d={H(1,'a'):1,H(1,'b'):2,1:3}; print(d[H(1,'b')], d[1], H(1,'c') in d, d)
d={'a':1}
class S(str): pass
d[S('a')]=2; d[S('b')]=3; print(d, [type(k).__name__ for k in d], d['b'], d[S('a')])
# big table, deletions
d={}
for i in range(100000): d[i]=i
for i in range(0,100000,2): del d[i]
print(len(d), list(d)[:5], list(d)[-3:], d[99999], 4 in d)
for i in range(0,1000): d[i]=i
print(list(d)[:3], list(d)[-3:], sum(d.values()))
d={str(i):i for i in range(70000)}
print(len(d), d['69999'], d.popitem(), list(d)[-1])
# mappingproxy
p=types.MappingProxyType({'a':1})
print(p, repr(p), p['a'], len(p), list(p), p.get('b',3), 'a' in p, p|{'b':2}, p=={'a':1}, p.copy(), list(reversed(p)), p.keys(), p.items())
show(lambda: operator.setitem(p,'a',1)); show(hash,p); show(types.MappingProxyType,[]); show(types.MappingProxyType,5); show(types.MappingProxyType); show(lambda: operator.ior(p,{})); show(lambda: p['zz'])
show(lambda: operator.delitem(p,'a')); show(p.get)
