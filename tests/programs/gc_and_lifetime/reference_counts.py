import sys, gc
s=str(12)+"xyz q"; print(sys.getrefcount(s))
class A: pass
a=A(); print(sys.getrefcount(a))
b=a; c=[a,a]; print(sys.getrefcount(a)); del b; print(sys.getrefcount(a)); c.pop(); print(sys.getrefcount(a)); del c; print(sys.getrefcount(a))
def f(o): return sys.getrefcount(o)
print(f(a), f(object()), sys.getrefcount([]), sys.getrefcount(object()))
l=[a,a]; print(sys.getrefcount(a), len(gc.get_referrers(a)), gc.get_referents([1,[2],a])==[1,[2],a], type(gc.get_objects()))
d={'k':a}; print(gc.get_referrers(a).__len__(), sys.getrefcount(a)); a.x=a; print(sys.getrefcount(a)); print(gc.get_referents(d)==[a], gc.get_referents(a)[0] is a)
print(gc.get_stats().__len__(), gc.get_count().__len__(), gc.get_threshold()); gc.set_threshold(500,5,5); print(gc.get_threshold()); print(gc.is_finalized(a), gc.is_tracked(a)); print(gc.DEBUG_LEAK, gc.DEBUG_STATS, gc.DEBUG_SAVEALL,gc.DEBUG_COLLECTABLE, gc.DEBUG_UNCOLLECTABLE)
def cb(phase, info): print(phase, sorted(info))
gc.callbacks.append(cb); gc.collect(); gc.callbacks.remove(cb)
print(sys.getrefcount(None), sys.getrefcount(5), sys.getrefcount(int), sys.getrefcount(True), sys.getrefcount(()))
x = any(o is a for o in gc.get_objects()); print(x)
def g():
    y=[]; z=y
    def h(): return y
    return sys.getrefcount(y)
print(g())
t=(a,); print(sys.getrefcount(t), sys.getrefcount(a)); del a.x; del t, l, d; gc.collect(); print(sys.getrefcount(a))
