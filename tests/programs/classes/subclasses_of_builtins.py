# Subclasses of every builtin type.
def t(f, *a):
    try: print(f(*a))
    except Exception as e: print(type(e).__name__, e)
class I(int):
    def __new__(cls, v, extra=None): o = super().__new__(cls, v); o.extra = extra; return o
    def __repr__(self): return f'I({int(self)})'
    def __add__(self, o): return I(int(self) + o)
i = I(5, 'x')
print(i, i + 1, 1 + i, i * 2, type(i * 2), i.extra, i == 5, hash(i) == hash(5), {5: 'a'}[i], [1, 2, 3, 4, 5, 6][i], f'{i}', f'{i:3d}', str(i), int(i), type(int(i)), bool(i), -i, type(-i), isinstance(i, int), i.__dict__, i.real, type(i.real), range(i), 'ab' * i, i.__class__, i.bit_length(), type(+i), round(i), i ** 2, divmod(i, 2), i // 2, i < 6)
class F(float):
    def __str__(self): return 'F!'
f = F(1.5); print(f, repr(f), f + 1, type(f + 1), f'{f}', f'{f:.2f}', '%s %r %.1f' % (f, f, f), f.hex(), F('2.5'), hash(f))
class S(str):
    def __eq__(self, o): print('eq'); return str.__eq__(self, o)
    __hash__ = str.__hash__
    def __len__(self): return 99
    def __getitem__(self, i): return 'gi'
    def __str__(self): return 'S:' + str.__str__(self)
s = S('abc'); print(s, repr(s), s + 'd', type(s + 'd'), s == 'abc', len(s), s[0], list(s), s.upper(), type(s.upper()), f'{s}', '%s' % s, ''.join([s, s]), type(''.join([s])), s in {'abc': 1}, {s: 1}, str(s), type(str(s)), s.join('xy'), s.replace('a', 'b'), s % (), s * 2, 'z' + s, s.split('b'), [s][0] is s, 'abc'.startswith(s))
class B(bytes): pass
b = B(b'abc'); print(b, type(b + b''), b[0], b.hex(), type(bytes(b)), B([1, 2]), b == b'abc', b.upper())
class L(list):
    def append(self, x): super().append(x * 2)
    def __getitem__(self, i): r = super().__getitem__(i); return type(self)(r) if isinstance(i, slice) else r
    def __repr__(self): return 'L' + super().__repr__()
l = L([1, 2]); l.append(3); l += [9]; print(l, l[1:], type(l + [1]), type(l * 2), type(l.copy()), l == [1, 2, 6, 9], sorted(l), list(reversed(l)), l[-1], len(l), l.__dict__, L('ab'), [*l], (*l,)); l.x = 5; print(l.x)
class T(tuple):
    def __new__(cls, *a): return super().__new__(cls, a)
t1 = T(1, 2, 3); print(t1, type(t1), type(t1[1:]), t1 + (4,), type(t1 + ()), type(t1 * 2), hash(t1) == hash((1, 2, 3)), t1 == (1, 2, 3), t1.__dict__, '%d %d %d' % t1, [*t1])
class D(dict):
    def __missing__(self, k): self[k] = k * 2; return self[k]
    def __setitem__(self, k, v): print('set', k); super().__setitem__(k, v)
    def __getitem__(self, k): return super().__getitem__(k)
d = D(a=1); d['b'] = 2; d.update(c=3); d.setdefault('d', 4); print(d, d['zz'], d.get('yy'), 'zz' in d, type(d.copy()), d | {'q': 1}, type(d | {}), D.fromkeys('ab'), dict(d), {**d}, len(d), list(d), type(d) is D)
class D2(dict):
    def keys(self): print('keys'); return super().keys()
    def __iter__(self): print('iter'); return super().__iter__()
    def items(self): print('items'); return super().items()
d = D2(a=1); print(dict(d), {**d}, list(d), (lambda **k: k)(**d)); e = {}; e.update(d); print(e)
class St(set):
    def add(self, x): print('add', x); super().add(x)
s = St([1, 2]); s.add(3); s |= {4}; print(s, type(s | {1}), type(s.copy()), type(s & s), s == {1, 2, 3, 4}, St('a') < St('ab'), sorted(s))
class FS(frozenset): pass
print(FS([1]), type(FS([1]) | {2}), hash(FS([1])) == hash(frozenset([1])), {FS([1]): 2}[frozenset([1])])
class C(complex): pass
print(C(1, 2), type(C(1) + 1), C('1+2j'), abs(C(3, 4)), C(1).real)
class BA(bytearray): pass
print(BA(b'abc'), type(BA(b'a') + b'b'), BA(b'a')[0])
class E(Exception):
    def __init__(self, code, msg='d'): super().__init__(msg); self.code = code
    def __str__(self): return f'{self.code}:{super().__str__()}'
try: raise E(5)
except E as e: print(e, repr(e), e.args, e.code)
class K(KeyError): pass
print(K('a'), repr(K('a')), str(KeyError('a')), str(KeyError('a', 'b')), KeyError(), repr(KeyError()))
class P(property):
    def __get__(self, i, o): print('pget'); return super().__get__(i, o)
class X:
    @P
    def v(self): return 1
print(X().v, X.__dict__['v'].__class__)
class CM(classmethod): pass
class X:
    @CM
    def f(cls): return cls
print(X.f())
class Ty(type): pass
class Mod(type(__import__('sys'))):
    def __getattr__(self, n): return 'mod:' + n
print(Mod('m').foo, Mod('m').__name__)
class En(enumerate): pass
print(list(En('ab')), type(En('a')))
class Z(zip): pass
class Mp(map): pass
class Fl(filter): pass
class Rv(reversed): pass
print(list(Z('ab', 'cd')), list(Mp(str, [1])), list(Fl(None, [0, 1])), list(Rv([1, 2])))
class Sup(super): pass
class Obj:
    __slots__ = ('a', '__dict__')
o = Obj(); o.a = 1; o.b = 2; print(o.__dict__, o.a)
class I2(int): __slots__ = ()
t(lambda: setattr(I2(1), 'x', 2))
class IB(int):
    def __bool__(self): return False
    def __index__(self): return 7
    def __int__(self): return 8
    def __float__(self): return 9.5
    def __hash__(self): return 11
    def __eq__(self, o): return True
    def __lt__(self, o): return True
x = IB(3); print(bool(x), [0, 1, 2, 3, 4][x], int(x), float(x), hash(x), x == 99, x < 0, x > 0, '%d' % x, f'{x:d}', hex(x), range(x), x + 1, 'a' * x, complex(x), round(x), sum([x]), min(x, 5), max([x, 1]))
class SI(str):
    def __hash__(self): return 1
    def __eq__(self, o): return True
d = {'a': 1}; print(d.get(SI('zz')), {SI('q'): 1}.get('q'), SI('a') in ['b'])
