# Methods of str: results and error texts.
def t(f, *args, **kw):
    try:
        r = f(*args, **kw)
        print(repr(r))
    except Exception as e:
        print(type(e).__name__, e)

samples = ["", "a", "Hello, World", "  spaced\tout \n", "ÀÉîõü straße", "日本語 text", "🐍 snake 🐍", "ΑΣ ΣΑΣ", "1234", "٣٤", "a'b", 'a"b', "a'\"b", "\x00\x7f\x80\xff\u0100\ud800", "ǆ ǅ Ǆ", "x" * 5, "MiXeD cAsE 9", "line1\nline2\r\nline3\x0bline4\x85end\u2028z"]
for s in samples:
    print(ascii(s), len(s))
    for name in "capitalize casefold title lower upper swapcase isascii islower isupper istitle isspace isdecimal isdigit isnumeric isalpha isalnum isidentifier isprintable split rsplit splitlines strip lstrip rstrip __sizeof__ __getnewargs__ expandtabs".split():
        print(name, ascii(getattr(s, name)()))
    print(ascii(repr(s)), ascii(s[::-1]), ascii(s[1:3]), ascii(s[-2:]), ascii(s[::2]), ascii(s[5:1:-2]))
    print([ascii(c) for c in s])
    print(s.center(20, "*").encode("utf-8", "surrogatepass"), ascii(s.ljust(20)), ascii(s.rjust(20, "é")), ascii(s.zfill(20)))
    for sub in ["", "a", "l", "S", "\n", "🐍", "語"]:
        print(s.find(sub), s.rfind(sub), s.count(sub), s.startswith(sub), s.endswith(sub), sub in s, s.find(sub, 2), s.rfind(sub, 1, -1), s.count(sub, 1, 100), ascii(s.replace(sub, "<>")), ascii(s.replace(sub, "-", 2)))
    t(s.partition, "l")
    t(s.rpartition, "l")
    t(s.split, "l", 1)
    t(s.rsplit, "l", 1)
    print(ascii(s.split(None, 1)), ascii(s.rsplit(None, 1)), ascii(s.splitlines(True)))
    print(ascii(s * 3), ascii(s + "é" + s), s == "a", s < "b", s >= "日", hash(s) == hash(s + ""))

s = "Hello, World"
t(s.find); t(s.find, 1); t(s.find, "o", "x"); t(s.find, "o", None, None); t(s.find, "o", 1, 2, 3)
t(s.index, "zz"); t(s.rindex, "zz"); t(s.index, "o"); t(s.rindex, "o")
t(s.count, 1); t(s.replace, "a"); t(s.replace, 1, "a"); t(s.replace, "a", 1); t(s.replace, "l", "L", count=1); t(s.replace, "l", "L", 1); t(s.replace, "l", "L", "x")
t(s.replace, "l", "L", cnt=1)
t(s.split, 1); t(s.split, ""); t(s.rsplit, ""); t(s.split, sep="o", maxsplit=1); t(s.split, maxsplit="x"); t(s.split, "o", 1, 2); t(s.split, foo=1)
t(s.partition, ""); t(s.partition, 1); t(s.rpartition, None)
t(s.strip, 1); t(s.lstrip, 1); t(s.rstrip, "dl"); t(s.strip, None); t(s.strip, "Hd"); t(s.strip, "a", "b")
t(s.center); t(s.center, "x"); t(s.center, 20, "ab"); t(s.center, 20, 1); t(s.center, 20, ""); t(s.ljust, 2); t(s.rjust, 15, b"x")
t(s.join, ["a", "b"]); t(s.join, "ab"); t(s.join, ["a", 1]); t(s.join, 5); t(s.join, [b"x"]); t(s.join, []); t(s.join, (x for x in "xyz")); t("".join, {"k": 1}); t(",".join, ["a", None, "b"])
t(s.startswith, ("a", "He")); t(s.startswith, ("a", 1)); t(s.startswith, 1); t(s.startswith, ["He"]); t(s.endswith, ("x", "ld")); t(s.endswith, 2); t(s.startswith, "lo", 3); t(s.endswith, "lo", 0, 5); t(s.startswith, "", 20); t(s.startswith, ())
t(s.removeprefix, "He"); t(s.removesuffix, "ld"); t(s.removeprefix, 1); t(s.removesuffix, "x")
t(s.zfill, "x"); t("-5".zfill, 5); t("+é".zfill, 5); t("".zfill, 2)
t(s.expandtabs, "x"); t("a\tb".expandtabs, tabsize=3); t("a\tbcd\te".expandtabs, 4); t("a\tb".expandtabs, -1); t("a\tb".expandtabs, 10**20)
t(s.splitlines, keepends=1); t(s.splitlines, 1, 2)
t(s.encode); t("é".encode, "latin-1"); t("é".encode, "ascii"); t("é".encode, "ascii", "ignore"); t("é€".encode, "ascii", "xmlcharrefreplace"); t("é".encode, "ascii", "backslashreplace"); t("é".encode, "ascii", "nope"); t("a".encode, "ascii", "nope"); t("é".encode, "nope"); t("é".encode, 1); t("é".encode, "utf-16"); t("é".encode, "utf-32-le"); t("é".encode, "utf-8-sig"); t("é".encode, encoding="UTF8", errors="strict"); t("\ud800".encode); t("a\ud800b".encode, "utf-8", "surrogatepass"); t("é€".encode, "latin1"); t("é".encode, "US-ASCII", "replace")
t(str); t(str, 5); t(str, b"abc"); t(str, b"abc", "ascii"); t(str, b"\xff", "utf-8"); t(str, b"\xff", "utf-8", "replace"); t(str, b"\xe2\x82", errors="strict"); t(str, "abc", "ascii"); t(str, 5, "ascii"); t(str, object="x"); t(str, 1, 2, 3, 4); t(str, b"x", 5); t(str, bytearray(b"xyz"), "utf-8"); t(str, encoding="utf-8"); t(str, None)
t(str.maketrans, "abc", "xyz"); t(str.maketrans, {"a": 1, 98: "b", "c": None}); t(str.maketrans, "a"); t(str.maketrans, "ab", "x"); t(str.maketrans, 1, "x"); t(str.maketrans, {"ab": 1}); t(str.maketrans, {1.5: 1}); t(str.maketrans, "ab", "xy", "z"); t(str.maketrans, "a", 1); t(str.maketrans, "a", "b", 1); t(str.maketrans)
t("abcé".translate, {97: "AA", 98: None, 99: 0x4e2d, 233: "e"}); t("abc".translate, {97: 1.5}); t("abc".translate, {97: -1}); t("abc".translate, 5); t("abc".translate, ["x"] * 98); t("ab".translate, {97: 0x110000})
class T:
    def __getitem__(self, k):
        if k == 98: raise LookupError
        return chr(k + 1)
t("abc".translate, T())
t(lambda: s[20]); t(lambda: s[-20]); t(lambda: s["a"]); t(lambda: s[1.5]); t(lambda: s[None]); t(lambda: s[::0]); t(lambda: s["a":]); t(lambda: s[True]); t(lambda: s[10**30]); t(lambda: s[10**30:]); t(lambda: s[:10**30]); t(lambda: s[1, 2])
t(lambda: s + 1); t(lambda: 1 + s); t(lambda: s * "a"); t(lambda: s * 1.5); t(lambda: s * -1); t(lambda: 2 * "ab"); t(lambda: True * "ab"); t(lambda: "ab" * 10**30); t(lambda: s - s); t(lambda: s < 1); t(lambda: s == 1); t(lambda: 1 in s); t(lambda: b"a" in s); t(lambda: "a" * (2**62)); t(lambda: "ab" * (2**61 - 1))
def seti(): s[0] = "x"
def deli(): del s[0]
t(seti); t(deli)
def setattr_(): s.x = 1
t(setattr_); t(lambda: s.nope)
class S(str):
    pass
x = S("abc")
print(x, repr(x), type(x), type(x + ""), type(x[:]), type(x.strip()), type(x * 1), x == "abc", hash(x) == hash("abc"), type(str(x)), type(x.replace("z", "y")), {x: 1}["abc"], x.upper(), len(x))
x.attr = 5
print(x.attr, x.__dict__, S(b"abc", "ascii"), S(), S(12))
class S2(str):
    __slots__ = ()
    def __new__(cls, v, extra=None):
        self = super().__new__(cls, v * 2)
        return self
    def __str__(self): return "S2!" + super().__str__()
    def __repr__(self): return "S2(%s)" % super().__repr__()
y = S2("ab")
print(y, repr(y), len(y), f"{y}", f"{y!r}", "%s" % y, "{}".format(y), y + "c", str(y), y.join(["1", "2"]), [y], y[0])
abc, nn = "abc", "né"; print(abc[0] is "xa"[1:], abc[3:] is nn[5:], nn[1] is "é!"[0:1])
it = iter("aé🐍")
print(type(it).__name__, type(iter("abc")).__name__, it.__length_hint__(), next(it), it.__length_hint__(), list(it), list(it), next(it, "end"))
it = iter("hello"); next(it); print(it.__reduce__()); it.__setstate__(3); print(list(it))
print(min("hello"), max("hello"), sorted("hello"), list(reversed("héllo")), list(enumerate("ab")), dict(zip("ab", "xy")), set("aaa"), tuple("né"))
a, b, c = "xyz"; print(a, b, c, *"héy")
print("abc" < "abd", "abc" <= "abc", "Z" < "a", "" < "a", "é" > "z", "\ud800" < "\ue000", "\uffff" < "\U00010000", "a" != "b")
match "hello":
    case str(v): print("matched", v)
big = ""
for i in range(2000): big += str(i)
print(len(big), big[-10:])
big2 = big; big += "x"; big2 += "y"; print(big[-1], big2[-1], len(big), len(big2), big[:-1] == big2[:-1])
print("%r" % "é\n", ascii("é\n🐍"), "\N{SNAKE}", repr("\u200b\xad\u3000"))
text = "naïve 日本語 🐍 text " * 10
chars = list(text)
print(all(text[i] == chars[i] for i in range(len(text))), all(text[-i] == chars[-i] for i in range(1, len(text))))
print(all(text[i] == chars[i] for j in range(len(text)) for i in ((j * 37) % len(text), (j * 37 + 3) % len(text), (j * 37 + 1) % len(text))))
