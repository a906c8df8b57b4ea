# Methods and operators of bytes, bytearray and memoryview: results and error texts.
def t(f, *args, **kw):
    try:
        print(repr(f(*args, **kw)))
    except Exception as e:
        print(type(e).__name__, e)
for C in (bytes, bytearray):
    print(C.__name__)
    samples = [b"", b"a", b"Hello, World", b"  sp\tout \n", b"\x00\xff'\"", b"123", b"l1\nl2\r\nl3\rl4", b"it's", b"\x0b\x0cx\x0b"]
    for b0 in samples:
        s = C(b0)
        for name in "capitalize title lower upper swapcase isascii islower isupper istitle isspace isdigit isalpha isalnum split rsplit splitlines strip lstrip rstrip expandtabs hex".split():
            print(name, getattr(s, name)())
        print(s, repr(s), str(s), len(s), list(s), s[::-1], s[1:3], s[-2:], s[::2], bytes(s), s == b0, bool(s))
        print(s.center(15, b"*"), s.ljust(15), s.rjust(15, b"x"), s.zfill(15), s * 2, s + b"!", 2 * s)
        for sub in [b"", b"a", b"l", b"\n", b"\xff", bytearray(b"o"), memoryview(b"l")]:
            print(s.find(sub), s.rfind(sub), s.count(sub), s.startswith(bytes(sub)), s.endswith(sub), sub in s, s.find(sub, 2), s.replace(sub, b"<>"), s.replace(sub, b"-", 1))
        t(s.partition, b"l"); t(s.rpartition, b"l"); t(s.split, b"l", 1); t(s.rsplit, b"l", 1); t(s.split, None, 1); t(s.splitlines, True)
    s = C(b"Hello, World")
    t(lambda: s[0]); t(lambda: s[-1]); t(lambda: s[50]); t(lambda: s["a"]); t(lambda: s[1.5]); t(lambda: s[::0]); t(lambda: s[10**30])
    t(s.find, "a"); t(s.find, 108); t(s.find, 300); t(s.find, -1); t(s.find, 1.5); t(s.index, b"zz"); t(s.rindex, b"zz"); t(s.index, b"o", 5); t(s.count, 108); t(s.find)
    t(lambda: 108 in s); t(lambda: 300 in s); t(lambda: "a" in s); t(lambda: b"lo" in s); t(lambda: 1.5 in s)
    t(lambda: s + "a"); t(lambda: s + 1); t(lambda: s * "a"); t(lambda: s * -1); t(lambda: s + bytearray(b"x")); t(lambda: s + memoryview(b"y")); t(lambda: "a" + s)
    t(s.startswith, "a"); t(s.startswith, (b"x", b"He")); t(s.startswith, (b"x", "a")); t(s.endswith, b"ld", 3, 20); t(s.startswith, b"lo", 3)
    t(s.split, "a"); t(s.split, b""); t(s.split, sep=b"o", maxsplit=1); t(s.partition, b""); t(s.partition, "a"); t(s.rpartition, 5)
    t(s.strip, b"Hd"); t(s.strip, "a"); t(s.strip, None); t(s.center, 20, "x"); t(s.center, 20, b"xy"); t(s.center, "a"); t(s.ljust, 15, bytearray(b"-")); t(s.center, 20, 5)
    t(s.join, [b"a", b"b"]); t(s.join, [b"a", "b"]); t(s.join, [b"a", 1]); t(s.join, 5); t(C(b"").join, [bytearray(b"x"), memoryview(b"y")]); t(C(b",").join, []); t(s.join, (bytes([i]) for i in range(3)))
    t(s.replace, b"l", b"L", 1); t(s.replace, "l", b"L"); t(s.replace, b"l", 5); t(s.replace, b"l"); t(s.removeprefix, b"He"); t(s.removesuffix, b"ld"); t(s.removeprefix, "a")
    t(s.translate, None, b"lo"); t(s.translate, bytes(range(256)), delete=b"H"); t(s.translate, b"x"); t(s.translate, None); t(s.translate); t(s.translate, "a"); t(C.maketrans, b"abc", b"xyz"); t(C.maketrans, b"a", b"xy"); t(s.translate, bytes.maketrans(b"l", b"L"))
    t(s.hex, ":"); t(s.hex, "-", 2); t(s.hex, "-", -2); t(s.hex, "ab"); t(s.hex, 5); t(s.hex, b":"); t(s.hex, "é"); t(s.hex, sep=" ", bytes_per_sep=4); t(s.hex, "")
    t(C.fromhex, "00 ff 1A"); t(C.fromhex, "0"); t(C.fromhex, "zz"); t(C.fromhex, 5); t(C.fromhex, "é0"); t(C.fromhex, "")
    t(s.decode); t(C(b"\xff").decode); t(C(b"\xff").decode, "latin-1"); t(C(b"\xff").decode, "ascii"); t(C(b"\xff").decode, "utf-8", "replace"); t(C(b"a\xffb").decode, "utf-8", "ignore"); t(C(b"\xff").decode, "utf-8", "backslashreplace"); t(C(b"\xff").decode, "utf-8", "surrogateescape"); t(C(b"x").decode, "nope"); t(C(b"\xe2\x82").decode); t(C(b"\xef\xbb\xbfx").decode, "utf-8-sig"); t(C("é".encode("utf-16")).decode, "utf-16"); t(C(b"\x00").decode, "utf-16-le"); t(s.decode, 5); t(s.decode, encoding="ascii", errors="strict"); t(C(b"\xff").decode, "ascii", "bogus")
    t(C); t(C, 5); t(C, -1); t(C, "a"); t(C, "é", "utf-8"); t(C, "é", "ascii", "replace"); t(C, [1, 2, 255]); t(C, [256]); t(C, [-1]); t(C, ["a"]); t(C, 1.5); t(C, b"x", "ascii"); t(C, b"x", errors="strict"); t(C, "x", errors="strict"); t(C, range(3)); t(C, (1, 2)); t(C, memoryview(b"mv")); t(C, None); t(C, encoding="ascii"); t(C, {1: 2}); t(C, True); t(C, 10**30); t(C, object()); t(C, source=b"k"); t(C, 1, 2, 3, 4); t(C, (x for x in [1, 2])); t(C, {3})
    class B:
        def __bytes__(self): return b"from-dunder"
    class B2:
        def __bytes__(self): return "bad"
    class Ix:
        def __index__(self): return 3
    t(bytes, B()); t(bytes, B2()); t(C, Ix()); t(C, [Ix()])
    M = lambda f, a: t(lambda: C(f) % a)
    M(b"%s %d", (b"a", 5)); M(b"%s", "a"); M(b"%b", b"x"); M(b"%s", B()); M(b"%a", "é"); M(b"%r", "é"); M(b"%c", 65); M(b"%c", b"z"); M(b"%c", 300); M(b"%c", "a"); M(b"%c", b"ab"); M(b"%d", "a"); M(b"%x", 1.5); M(b"%f", "a"); M(b"%5.1f|", 2.25); M(b"%(a)s", {b"a": b"v"}); M(b"%(a)s", {"a": b"v"}); M(b"%s %s", (b"a",)); M(b"%s", (b"a", b"b")); M(b"%z", 1); M(b"%", 1); M(b"%%", ()); M(b"%5s|%-5s|", (b"ab", b"cd")); M(b"\xff%s", b"\xfe"); M(b"%d", 10**20); M(b"%s", 5); M(b"%i%%", 5); M(b"%.2s", b"abc")
    print(C(b"a") < C(b"b"), C(b"a") <= b"a", C(b"a") == bytearray(b"a"), C(b"a") != b"b", C(b"a") == "a", C(b"a") == 97, C(b"a") == memoryview(b"a"))
    t(lambda: C(b"a") < "a"); t(lambda: C(b"a") < 1)
    it = iter(C(b"abc")); print(type(it).__name__, next(it), it.__length_hint__(), list(it), next(it, None)); it = iter(C(b"abc")); next(it); print(it.__reduce__())
    t(s.islower, 1); t(s.upper, x=1); t(s.find, b"x", 1, 2, 3); t(s.nope if hasattr(s, "nope") else s.__len__)
    print(max(C(b"abc")), sorted(C(b"hello")), list(reversed(C(b"abc"))), sum(C(b"abc")), *C(b"xy"), int(C(b"12")), float(C(b"1.5")), s.__sizeof__())
    class Sub(C): pass
    x = Sub(b"abc"); x.attr = 1
    print(x, repr(x), type(x).__name__, type(x + b"").__name__, type(x[:]).__name__, type(x.strip()).__name__, x == b"abc", x.attr, type(bytes(x)).__name__, Sub(), Sub(3), len(x), type(Sub.fromhex("ff")).__name__)
print(hash(b"abc") == hash(memoryview(b"abc")), hash(b""), {b"a": 1}[b"a"])
t(hash, bytearray(b"a"))
t(lambda: {bytearray(b"a"): 1})
a = bytearray(b"hello")
a.append(33); print(a); a.extend(b" wor"); a.extend([108, 100]); a.extend("".encode()); print(a); a.insert(0, 62); a.insert(100, 60); a.insert(-1, 45); print(a); print(a.pop(), a.pop(0), a.pop(-1)); a.remove(108); print(a); a.reverse(); print(a); b = a.copy(); a.clear(); print(a, b)
t(a.pop); t(b.pop, 100); t(b.remove, 250); t(b.append, 256); t(b.append, "a"); t(b.append, -1); t(b.extend, "abc"); t(b.extend, 5); t(b.extend, [300]); t(b.extend, ["a"]); t(b.insert, "a", 1); t(b.insert, 0, 300); t(b.insert, 0); t(b.remove, "a"); t(b.append)
a = bytearray(range(10))
a[0] = 255; a[-1] = 7; print(a)
a[2:4] = b"xyz"; print(a); a[::2] = bytes(len(a[::2])); print(a); a[1:1] = [1, 2, 3]; print(a); a[5:2] = b"ins"; print(a)
del a[0]; print(a); del a[1:3]; print(a); del a[::2]; print(a); del a[::-3]; print(a); a[:] = b""; print(a)
a = bytearray(b"abcdef")
def s1(): a[100] = 1
def s2(): a["x"] = 1
def s3(): a[0] = 256
def s4(): a[0] = "a"
def s5(): a[::2] = b"x"
def s6(): a[0:2] = 5
def s7(): a[0:2] = "ab"
def s8(): del a[100]
def s9(): a[0:2] = [300]
def s10(): a[0] = b"x"
for f in (s1, s2, s3, s4, s5, s6, s7, s8, s9, s10): t(f)
print(a)
a += b"12"; a += bytearray(b"3"); a *= 2; print(a)
def s11():
    global a
    a += "x"
def s12():
    global a
    a += [1]
t(s11); t(s12)
x = a; x += b"!"; print(a is x, a)
a[0:3] = a; print(a)
def imm(): b"abc"[0] = 1
t(imm)
m = memoryview(b"abcdef")
print(len(m), m[0], m[-1], bytes(m[1:3]), m[::2].tolist(), m.tobytes(), m.readonly, m.format, m.itemsize, m.nbytes, m.ndim, m.shape, m.strides, m.obj, m.contiguous, m[::2].contiguous, m == b"abcdef", m[1:3] == b"bc", m != b"x", hash(m) == hash(b"abcdef"), list(m), m.hex(), 97 in m)
t(lambda: m[10]); t(lambda: m["a"])
def w(): m[0] = 1
t(w)
ba = bytearray(b"abcdef"); v = memoryview(ba)
v[0] = 65; v[1:3] = b"XY"; print(ba, v.readonly, v.tolist()); v[::2] = b"123"; print(ba)
def w2(): v[0] = 300
def w3(): v[0] = "a"
def w4(): v[0:2] = b"abc"
def w5(): del v[0]
for f in (w2, w3, w4, w5): t(f)
t(hash, v)
c = memoryview(bytearray(8)).cast("I"); c[0] = 0x01020304; c[1] = 5; print(c.tolist(), c.itemsize, c.nbytes, c.format, len(c), c.cast("B").tolist())
d = memoryview(bytearray(16)).cast("d"); d[0] = 1.5; print(d.tolist()); t(d.cast, "I"); t(memoryview(b"abc").cast, "I"); t(memoryview(b"abc").cast, "zz"); t(memoryview, "a"); t(memoryview)
with memoryview(ba) as mv:
    print(mv[0]); v.release()
    t(ba.append, 1)
t(lambda: mv[0]); t(mv.tobytes); ba.append(1); print(len(ba))
t(lambda: v[0]); t(len, v)
print(memoryview(b"ab") == memoryview(bytearray(b"ab")), memoryview(b"abcd")[::-1].tobytes(), memoryview(memoryview(b"xy")).tolist(), bytes(memoryview(b"abc")[::2]), b"".join([memoryview(b"q")]), memoryview(b"abc").toreadonly().readonly)
match b"xyz":
    case bytes(q): print(q)
print(b"%b" % b"a", b"a" b"b", bytes(3), b"\x41\101\n\\", rb"\n", B"x" + b'"\'')
print(int.from_bytes(b"\x01\x02", "big"), (258).to_bytes(2, "little"), bytes([1]) * 3, b"abc".__getnewargs__(), b"abc".__bytes__(), bytearray(b"ab").__reduce__(), bytearray(b"x").__alloc__())
try:
    b"\xff\xfe".decode()
except UnicodeDecodeError as e:
    print(e.encoding, e.object, e.start, e.end, e.reason, e.args)
try:
    "aé€".encode("latin-1")
except UnicodeEncodeError as e:
    print(e.encoding, e.object, e.start, e.end, e.reason, e.args)
