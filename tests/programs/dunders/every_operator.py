"""Every special method once, classes without any, reflected operators, subclasses of builtin classes."""
def t(f, *a, **k):
    try:
        r = f(*a, **k)
        print(repr(r).split(" at 0x")[0])
    except BaseException as e:
        print(type(e).__name__ + ":", e)
# reflected / inplace corner cases
class A:
    def __add__(s, o): print("A.add"); return NotImplemented
    def __radd__(s, o): print("A.radd"); return NotImplemented
    def __iadd__(s, o): print("A.iadd"); return NotImplemented
    def __mul__(s, o): return ("mul", o)
    def __rmul__(s, o): return ("rmul", o)
    def __pow__(s, o, m=None): return ("pow", o, m)
    def __rpow__(s, o): return ("rpow", o)
    def __ipow__(s, o): return ("ipow", o)
    def __divmod__(s, o): return ("dm", o)
    def __rdivmod__(s, o): return ("rdm", o)
    def __matmul__(s, o): return "mm"
    def __neg__(s): return "neg"
    def __pos__(s): return "pos"
    def __invert__(s): return "inv"
    def __abs__(s): return "abs"
    def __int__(s): return 7
    def __float__(s): return 7.5
    def __index__(s): return 3
    def __round__(s, n=None): return ("round", n)
    def __trunc__(s): return 1
    def __floor__(s): return 2
    def __ceil__(s): return 3
    def __complex__(s): return 1j
    def __bytes__(s): return b"x"
    def __format__(s, f): return "fmt" + f
    def __length_hint__(s): return 5
    def __reversed__(s): return iter("rev")
    def __contains__(s, x): return x
    def __iter__(s): return iter((1, 2))
    def __getitem__(s, k): return k
    def __setitem__(s, k, v): print("set", k, v)
    def __delitem__(s, k): print("del", k)
    def __enter__(s): return "entered"
    def __exit__(s, *a): print("exit", a[0]); return True
    def __lt__(s, o): return "lt"
    def __ge__(s, o): return "ge"
    def __eq__(s, o): return NotImplemented
    def __ne__(s, o): return "ne"
    def __dir__(s): return ["b", "a"]
    def __sizeof__(s): return 5
a = A()
t(lambda: a + 1)
t(lambda: 1 + a)
t(lambda: a + a)
def f():
    b = a; b += 1
t(f)
t(lambda: [1] * a)
t(lambda: a * 2)
t(lambda: "x" + a)
t(lambda: [1] + a)
t(lambda: 2 ** a)
t(lambda: a ** 2)
t(lambda: pow(a, 2, 3))
t(lambda: pow(2, a, 3))
def f():
    b = a; b **= 2; return b
t(f)
t(lambda: divmod(a, 1))
t(lambda: divmod(1, a))
t(lambda: (a @ 1, -a, +a, ~a, abs(a), int(a), float(a), [10, 20, 30, 40][a], hex(a), round(a), round(a, 2), complex(a), bytes(a), format(a, "z"), f"{a:q}", list(reversed(a)), 1 in a, 0 in a, list(a), a[1:2], a[1, 2], a[...]))
def f():
    a[1] = 2; a[1:2] = 3; del a[5]
    with a as x: print(x); raise ValueError
    return "after"
t(f)
t(lambda: (a < 1, 1 > a, a >= 1, 1 <= a, a == 1, a != 1, dir(a)))
t(lambda: a > 1)
t(lambda: 1 @ a)
t(lambda: a - 1)
t(lambda: a % 1)
t(lambda: hash(a))
class NoOps: pass
n = NoOps()
for op in ["n + 1", "1 + n", "n < 1", "n[0]", "n()", "-n", "len(n)", "iter(n)", "next(n)", "n.x", "1 in n", "n @ n", "int(n)", "float(n)", "complex(n)", "[1][n]", "abs(n)", "round(n)", "reversed(n)", "hash(n) == hash(n)", "n == n", "n != n", "bool(n)", "n += 1", "n[0] = 1", "del n[0]", "n ** 2", "n << 1", "divmod(n, 1)", "pow(n, 1, 2)", "'%d' % n", "range(n)", "list(n)", "dict(n)", "set(n)", "sum(n)", "sorted(n)", "max(n)", "isinstance(n, n)", "issubclass(n, n)", "[*n]", "{**n}", "print(*n)", "(lambda: 1)(**n)", "str(n)[:20]", "bytes(n)", "chr(n)", "ord(n)", "open(n) if 0 else 1", "getattr(n, n)", "{n: 1}[n]"]:
    try:
        try: print(op, "->", eval(op))
        except SyntaxError: exec(op); print(op, "ok")
    except BaseException as e: print(op, "->", type(e).__name__ + ":", e)
class Sub1:
    def __add__(s, o): return "Sub1.add"
    def __radd__(s, o): return "Sub1.radd"
class Sub2(Sub1):
    pass
class Sub3(Sub1):
    def __radd__(s, o): return "Sub3.radd"
print(Sub1() + Sub2(), Sub1() + Sub3(), Sub2() + Sub1(), Sub3() + Sub1(), Sub2() + Sub3())
class MyInt(int):
    def __add__(s, o): return "MyInt.add"
    def __radd__(s, o): return "MyInt.radd"
    def __lt__(s, o): return "MyInt.lt"
    def __gt__(s, o): return "MyInt.gt"
print(MyInt(1) + 1, 1 + MyInt(1), MyInt(1) < 2, 2 < MyInt(1), MyInt(2) - 1, MyInt(3) == 3, hash(MyInt(3)) == hash(3))
class MyList(list):
    def __iadd__(s, o): print("iadd"); return s
    def __getitem__(s, i): return ("gi", i)
    def __len__(s): return 99
    def __contains__(s, x): return "yes"
    def __iter__(s): return iter("custom")
    def __eq__(s, o): return "eqq"
m = MyList([1, 2]); m += [3]; print(m[0], len(m), 5 in m, list(m), m == 1, [*m], repr(m))
t(lambda: hash(m))
class MyDict(dict):
    def __setitem__(s, k, v): print("setitem", k); super().__setitem__(k, v)
    def __getattr__(s, k):
        try: return s[k]
        except KeyError: raise AttributeError(k) from None
d = MyDict(a=1); d["b"] = 2; d.update(c=3); print(d, d.a, d.c)
t(lambda: d.zz)
class MyStr(str):
    def __eq__(s, o): return True
    __hash__ = str.__hash__
print(MyStr("a") == 5, "a" == MyStr("b"), {MyStr("a"): 1}.get("a"))
class Stop:
    def __init__(s): s.n = 0
    def __iter__(s): return s
    def __next__(s):
        s.n += 1
        if s.n > 3: raise StopIteration("val")
        return s.n
def g():
    r = yield from Stop()
    print("r", r)
print(list(g()), sum(Stop()), max(Stop()), dict(zip(Stop(), "abc")), list(map(str, Stop())))
class OldIter:
    def __getitem__(s, i):
        if i > 2: raise IndexError
        return i * 10
print(list(OldIter()), 10 in OldIter(), [*OldIter()])
class Cmp:
    def __init__(s, v): s.v = v
    def __lt__(s, o): return s.v < o.v
    def __repr__(s): return "C%d" % s.v
print(sorted([Cmp(3), Cmp(1), Cmp(2)]), max(Cmp(1), Cmp(5)) if hasattr(Cmp, "__gt__") else 0, min([Cmp(4), Cmp(2)]))
class Ctx:
    def __enter__(self): return self
t2 = lambda: exec("with Ctx(): pass")
t(t2)
t(lambda: exec("with n: pass"))
import sys
class Del:
    def __delete__(s, o): print("delete")
class HasDel: d = Del()
h = HasDel(); del h.d
t(lambda: setattr(h, "d", 1))
class OnlyGet:
    def __get__(s, o, t): return "got"
class HG: g = OnlyGet()
h = HG(); print(h.g); h.g = 5; print(h.g)
class Priv:
    def __init__(s): s.__x = 1
    def get(s): return s.__x
print(Priv().get(), Priv()._Priv__x, list(vars(Priv())))
t(lambda: Priv().__x)
print([c.__name__ for c in bool.__mro__], bool.__base__, type.__mro__, type.__base__, object.__base__, object.__bases__)
print(int.__doc__[:20], type(A.__doc__), A.__module__, int.__module__, type(int).__name__)
print(callable(a), callable(A), callable(len), callable(A.__add__))
print(A.__add__.__name__, A().__add__.__func__ is A.__add__, A.__dict__["__add__"] is A.__add__)
for o in [a.__init__, A.__init__, object.__init__, int.__new__, A.__new__, [].__len__, "".join, str.join, A.__class__, a.__class__, A.__subclasshook__, a.__reduce_ex__]:
    print(type(o).__name__, getattr(o, "__name__", None), getattr(o, "__qualname__", None), getattr(o, "__objclass__", None))
