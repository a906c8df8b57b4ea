# Scopes, and the messages of some hundred failing statements.
x = 'g'
def t(f, *a):
    try: print(f(*a))
    except Exception as e: print(type(e).__name__, e)
def a():
    x = 'a'
    def b():
        nonlocal x
        x = 'b'
        def c():
            nonlocal x
            x += 'c'
            return x
        return c(), x
    r = b()
    return r, x
t(a)
def u():
    print(x)
    x = 1
t(u)
def u2():
    del y
    y = 1
t(u2)
def u3():
    def inner(): return z
    inner()
    z = 1
t(u3)
def u4():
    for i in []: pass
    return i
t(u4)
t(lambda: undefined_name)
class K:
    x = 'k'
    y = [x for _ in range(2)] if 0 else 1
    l = [i for i in x]
    def m(self): return x
    try:
        z = [x for i in range(2)]
    except NameError as e: z = e
    w = (lambda: x)()
    cls = __qualname__
    loc = sorted(k for k in locals() if not k.startswith('_'))
print(K.x, K.l, K().m(), K.z, K.w, K.cls, K.loc)
class L:
    a = 1
    b = [a + i for i in [1]] if False else [i for i in [a]]
    print(b)
    try: c = [a for i in [1]]
    except NameError as e: print(e)
    [x := 5 for i in [1]] if 0 else 0
print([y := 1, y ** 2], y)
def w():
    [last := i for i in range(3)]
    return last
t(w)
def outer():
    l = []
    for i in range(3): l.append(lambda: i)
    return [f() for f in l], [f() for f in [lambda: j for j in range(3)]], [f() for f in [lambda j=j: j for j in range(3)]]
t(outer)
i = 'outer i'
print([i for i in range(2)], i)
def cc():
    x = 1
    class X:
        x = x if 0 else 2
        def g(self): return x
        y = x
    return X.y, X().g()
t(cc)
def dd():
    x = 1
    class X:
        nonlocal x
        x = 5
    return x, hasattr(X, 'x')
t(dd)
def ee():
    global newg
    newg = 7
    class X:
        global newg2
        newg2 = 8
ee(); print(newg, newg2)
def ff():
    exec('q = 1'); 
    try: return q
    except NameError as e: return str(e)
t(ff)
def gg():
    a = 1; b = 2
    l = locals()
    l['a'] = 5; c = 3
    return a, sorted(l), sorted(locals()), locals() is l
t(gg)
def hh(): 
    x = 1
    def i(): return sorted(locals()), x
    return i()
t(hh)
def ii():
    x = [locals() for _ in [1]]
    return x
print([sorted(d) for d in ii()])
class M:
    def f(self): return __class__
    g = lambda self: __class__
    def h(self): return super().__repr__()[:5]
    @classmethod
    def c(cls): return super().__new__
print(M().f(), M().g(), M().h())
def nn():
    try:
        raise ValueError
    except ValueError as e: pass
    return e
t(nn)
def comp():
    return [(a, b) for a in range(3) if a for b in range(a) if b or a == 1], {a: b for a, b in zip('ab', 'cd')}, {a for a in 'aab'}, list(a for a in 'xy')
t(comp)
def wal():
    if (n := 10) > 5: print(n)
    while (n := n - 4) > 0: print(n)
    return (lambda: (z := 3))(), [q := 1, q + 1]
t(wal)
def star():
    a, *b = 1, 2, 3; *c, d = 'xyz'; e, (f, *g), h = 1, (2, 3, 4), 5
    [m, n] = 1, 2; (o) = 3; p = q = []
    for r, *s in [(1, 2, 3)]: pass
    return a, b, c, d, e, f, g, h, m, n, o, p is q, r, s
t(star)
for s in ['a, b = 1', 'a, b = 1, 2, 3', 'a, b = 1,', 'a, *b, c = 1,', 'a, b = {1}', '[a, b] = 5', 'a, b = None', '(a, b), c = 1, 2', 'a, b = iter([1, 2, 3])', 'a, b = "abc"', 'a, b, *c = [1]', 'x = 1; x.y = 2', 'x = 1; x[0] = 2', 'x = 1; del x[0]', 'x = 1; del x.y', 'x = (1,); x[0] = 2', 'x = "a"; x[0] = 2', 'x = 1; x[0]', 'x = {}; x["k"]', 'x = [1]; x["a"]', 'x = [1]; x[5]', 'x = (1,); x[5]', 'x = "a"; x[5]', 'x = b"a"; x[5]', 'x = range(3); x[5]', 'x = [1]; x[5] = 1', 'x = [1]; del x[5]', 'x = [1]; x[None]', 'x = (1,); x["a"]', 'x = "a"; x["a"]', 'x = range(3); x["a"]', 'x = {}; x[[]]', 'x = {}; x[[]] = 1', 'x = set(); x.add([])', 'x = {}; del x["q"]', 'x = [1]; x[::0]', 'x = [1, 2]; x[::2] = [1, 2]', 'x = [1]; x[0:1] = 5', 'x = bytearray(b"a"); x[0] = 300', 'x = bytearray(b"a"); x[0] = "a"', 'x = 1; x()', 'x = None; x.foo', 'x = None; x[0]', 'for i in 5: pass', 'with 5: pass', '1 + "a"', '"a" + 1', '[] + ()', '() + []', '{} + {}', '1 < "a"', '[] < 1', '{} < {}', '1j < 2j', 'None < None', '-"a"', '~1.5', '+[]', 'not_defined', '1 in 5', '1 in "a"', '"a" in b"a"', '5 in range("a")', '"a" * "b"', '[1] * 1.5', '1 << -1', '1 >> -1', '1 / 0', '1 // 0', '1 % 0', '1.0 / 0', '1.0 // 0', '1.0 % 0', '1j / 0', '0 ** -1', '0.0 ** -1', '1j // 1', '1j % 1', '2 ** "a"', '1 @ 2', 'x = 1; x @= 2', 'x = 1; x += "a"', 'x = []; x += 1', 'x = "a"; x -= 1', 'x = (1,); x += [1]', 'raise 5', 'raise int', 'raise ValueError from 5', 'assert 0', 'assert 0, "m"', 'import nope', 'from sys import nope', 'import sys.nope', 'from . import x', 'del nope', 'class A(B): pass', '"%d" % "a"', '"%s %s" % 1', '"%s" % (1, 2)', '"%(a)s" % 1', '"%(a)s" % {}', '"%q" % 1', '"%" % 1', '"%c" % "ab"', '"%c" % -1', '"%x" % 1.5', '"{}".format()', '"{a}".format()', '"{0} {}".format(1)', '"{".format()', '"}".format()', '"{!z}".format(1)', '"{:zz}".format(1)', '"{0.a}".format(1)', '"{0[a]}".format([1])', '"{:d}".format("a")', '"{:s}".format(1)', '"{:,s}".format("a")', '"{:=5}".format("a")', '"{:.2}".format(1)', '"{:+}".format("a")', '"{:c}".format(-1)', '"{:_,}".format(1)', 'f"{1:{2}{3}{4}z}"', 'f"{1:>{5}}"', 'f"{None:5}"', 'f"{[]:5}"', 'f"{object():a}"', '"abc".index("z")', '"abc".split("")', '"abc".join([1])', '"a".join(5)', '"a".replace(1, 2)', '"a".center("b")', '"a".center(5, "xx")', '"a".encode("zz")', '"\\ud800".encode()', '"é".encode("ascii")', 'b"\\xff".decode()', 'b"\\xff".decode("ascii")', '"a".encode("utf-8", "zz")', 'b"a".hex(1)', 'bytes.fromhex("a")', 'bytes.fromhex("zz")', 'int.from_bytes("a")', '(1).to_bytes(0)', '(256).to_bytes(1)', '(-1).to_bytes(1)', '(1).to_bytes(1, "x")', '[].pop()', '[1].pop(5)', '[].remove(1)', '[].index(1)', '{}.pop(1)', '{}.popitem()', 'set().pop()', 'set().remove(1)', '[1].insert("a", 1)', '[].extend(5)', '{}.update(5)', '{}.update([1])', '{}.update([(1,)])', '().index(1)', 'float("nan").__int__()', 'int(float("inf"))', 'int(float("nan"))', '(1.5).as_integer_ratio(1)', 'float("inf").as_integer_ratio()', 'round(float("nan"))', 'float.fromhex("z")', '10 ** 400 * 1.0', 'float(10 ** 400)', '1e308 * 10', '10.0 ** 400', 'int("1" * 5000)', 'str(10 ** 5000)', '"a" * (2 ** 62)', '[1] * (2 ** 62)', '1 << (2 ** 62)', 'range(10 ** 30)[10 ** 29]', 'len(range(10 ** 30))', 'chr(0x110000)', 'memoryview(b"a")[5]', 'memoryview(b"a")[0] = 1', '__import__("a.b")', 'globals().nope', 'type("A", (), {})().x', 'type("A", (), {}).x', '(lambda: 0).x', 'len.x', 'sum.x = 1', '[].x = 1', 'object().x = 1', 'int.x = 1', 'type.x = 1', '(1).real = 5', '"a".upper = 1', 'list.append(1, 2)', 'str.upper(1)', 'int.__add__("a", 1)', 'dict.get([], 1)', 'object.__new__(int)', 'int.__new__(str)', 'int.__new__()', 'list.__new__(5)', 'property().fget = 1', 'Exception().x', 'ValueError.args', 'ValueError(1).args = 5', 'e = ValueError(); e.__cause__ = 5', 'e = ValueError(); e.__context__ = 5', 'e = ValueError(); e.__traceback__ = 5', 'e = ValueError(); e.with_traceback(5)', 'e = ValueError(); e.add_note(5)', 'e = ValueError(); del e.__cause__', 'BaseException.__new__(int)', 'NotImplemented()', 'Ellipsis()', 'None()', 'type(None)(1)', 'type(...)(1)', 'type(NotImplemented)(1)', 'bool(1, 2)', 'bool.__new__(bool, 1, 2)', 'slice(1).start = 5', 'hash(slice(1, []))', 'range(3).start = 5', 'range(3) + range(3)', 'iter(range(3)).x', '(x for x in 5)', 'list(x for x in [1] if x.y)', '{**5}', '[*5]', '(*5,)', '{*5}', 'print(*5)', '{**[1]}', '{"a": 1, **{"b": 2}, **5}', 'f(**{"a": 1})', 'lambda: (yield)', 'eval("1 +")', 'eval("")', 'eval("a b")', 'exec("1 = 2")', 'compile("x", "f", "eval", 99999)', 'eval("__x", {})', 'eval("x", 5)', 'eval("x", {}, 5)', 'exec("x", [])', 'exec("x", {}, [])']:
    try: exec(s, {})
    except BaseException as e: print(s, '|', type(e).__name__, e, getattr(e, 'name', ''), '|', e.args if not isinstance(e, SyntaxError) else '')
    else: print(s, 'OK')
