# Every way to call wrongly, and what is said.
def t(f, *a, **k):
    try: print(f(*a, **k))
    except Exception as e: print(type(e).__name__, e)
def f0(): pass
def f1(a): pass
def f2(a, b): pass
def f3(a, b, c=1): pass
def f4(a, /, b, *, c, d=2): pass
def f5(*args): pass
def f6(**kw): pass
def f7(a, b=1, *args, c, **kw): return a, b, args, c, kw
def f8(a, b, /): pass
def f9(*, x, y, z): pass
def f10(a=1, b=2, c=3): pass
t(f0, 1); t(f0, 1, 2); t(f0, x=1); t(f1); t(f1, 1, 2); t(f1, 1, a=2); t(f2); t(f2, 1); t(f2, 1, 2, 3); t(f2, b=1); t(f3); t(f3, 1, 2, 3, 4); t(f3, 1, 2, x=4)
t(f4); t(f4, 1); t(f4, 1, 2); t(f4, 1, 2, 3); t(f4, 1, 2, 3, c=4); t(f4, a=1, b=2, c=3); t(f4, 1, b=2); t(f4, 1, 2, c=3, e=5); t(f5, a=1); t(f6, 1); t(f7); t(f7, 1); t(f7, 1, c=2); t(f7, 1, 2, 3, c=4, d=5); t(f7, 1, 2, 3, 4, a=5, c=6)
t(f8, a=1, b=2); t(f8, 1, b=2); t(f8, 1); t(f9); t(f9, x=1); t(f9, x=1, y=2); t(f9, 1, x=1, y=2, z=3); t(f10, 1, 2, 3, 4); t(f10, d=1); t(f10, aa=1)
t(lambda: f2(*5)); t(lambda: f2(**5)); t(lambda: f2(*[1], **{'b': 2, 'c': 3})); t(lambda: f2(**{1: 2})); t(lambda: f2(1, **{'a': 1})); t(lambda: f6(**{'a': 1}, **{'a': 2})); t(lambda: f2(*None)); t(lambda: f2(1, *(2, 3)))
t(lambda: print(*5)); t(lambda: print(**5)); t(lambda: len(*5)); t(lambda: f6(a=1, **{'a': 2})); t(lambda: dict(a=1, **{'a': 2})); t(lambda: f2(**[1])); t(lambda: dict(**{1: 2}))
class C:
    def m(self, a): pass
    @classmethod
    def c(cls, a): pass
    @staticmethod
    def s(a): pass
    def __call__(self, x): pass
    def __init__(self, q=1): pass
c = C()
t(c.m); t(c.m, 1, 2); t(C.m); t(C.m, 1); t(C.c); t(c.c, 1, 2); t(C.s); t(c); t(c, 1, 2); t(C, 1, 2); t(C, z=1); t(c.m, b=1); t(c.nope)
class D:
    def __init__(self): return 5
t(D)
class E: pass
t(E, 1); t(E, a=1)
class F:
    def __new__(cls, a): return object.__new__(cls)
t(F); t(F, 1); t(F, 1, 2)
class G:
    def __new__(cls, *a): return object.__new__(cls, *a)
t(G); t(G, 1)
class H:
    def __init__(self, *a): super().__init__(*a)
t(H); t(H, 1)
t(5); t('a'); t(None); t([].append); t([].append, 1, 2); t({}.get); t({}.get, 1, 2, 3); t(len); t(len, 1, 2); t(len, a=1); t(abs, 'a'); t(chr, -1); t(chr, 'a'); t(ord, 'ab'); t(ord, 5); t(ord, b'ab'); t(isinstance, 1, 2); t(issubclass, 1, int); t(issubclass, int, 1); t(isinstance, 1, (int, 1)); t(isinstance, 1, ('a', int)); t(hash, []); t(hash, {}); t(iter, 5); t(iter, 5, 6); t(next, 5); t(next, iter([])); t(sum, 5); t(sum, ['a']); t(sum, ['a'], ''); t(sum, [b'a'], b''); t(sum, [[1]], []); t(max); t(max, 1); t(max, []); t(max, [], default=3); t(max, 1, 2, default=3); t(min, 1, 'a'); t(max, 1, 2, key=5); t(max, 1, zz=1); t(sorted); t(sorted, 1); t(sorted, [1, 'a']); t(sorted, [1], 2); t(sorted, [1], key=1); t(sorted, [1], reverse='a'); t(reversed, 5); t(reversed, {1}); t(enumerate); t(enumerate, 5); t(enumerate, [], 'a'); t(zip, 5); t(zip, [1], [1, 2], strict=True); t(map); t(map, 5); t(map, 5, 5); t(filter, 5); t(range); t(range, 'a'); t(range, 1.5); t(range, 1, 2, 0); t(range, 1, 2, 3, 4); t(int, 'a'); t(int, [1]); t(int, '1', 99); t(int, 1, 10); t(int, '12', base=5); t(float, 'x'); t(float, []); t(complex, 'x'); t(complex, '1', 2); t(complex, 1, '2'); t(complex, []); t(str, 1, 2); t(str, b'a', 'zz'); t(bytes, -1); t(bytes, 'a'); t(bytes, ['a']); t(bytes, [256]); t(bytearray, [1, -1]); t(list, 5); t(tuple, 5); t(set, 5); t(set, [[]]); t(dict, 5); t(dict, [1]); t(dict, [(1, 2, 3)]); t(dict, ['ab', 'c']); t(frozenset, [{}]); t(slice); t(object, 1); t(type); t(super); t(getattr, 1); t(getattr, 1, 2); t(getattr, 1, 'zz'); t(setattr, 1, 'a', 2); t(delattr, 1, 'a'); t(hasattr, 1, 2); t(vars, 5); t(dir, 1, 2); t(round, 'a'); t(round, 1.5, 'a'); t(round, 1.5, None); t(pow, 2, -1, 0); t(pow, 2, -1, 4); t(pow, 2, 'a'); t(pow, 2.0, 3, 5); t(divmod, 1, 0); t(divmod, 1, 'a'); t(bin, 1.5); t(hex, 'a'); t(oct, None); t(format, 1, 2); t(format, 1, 'zz'); t(repr); t(ascii); t(input, 1, 2); t(open); t(exec, 5); t(eval, 5); t(compile, 'a'); t(compile, 'a', 'b', 'c'); t(callable); t(id); t(any, 5); t(all, 5); t(memoryview, 5); t(property, 1, 2, 3, 4, 5); t(classmethod); t(staticmethod, 1, 2); t(print, sep=5); t(print, end=5); t(print, file=5); t(print, zz=1); t(__import__); t(__import__, 5); t(__build_class__); t(__build_class__, 1, 2); t(breakpoint, 1) if 0 else 0
