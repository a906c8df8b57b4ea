#!/usr/bin/env python3
"""Records what CPython 3.13 answers to random questions about text and numbers.

From the workspace root:
    python3 scripts/make_text_goldens.py > vm-core/tests/goldens/text.tsv
For a long comparison, more cases with another seed, in a file that the test reads besides the committed one:
    python3 scripts/make_text_goldens.py 2000 7 > more.tsv && TEXT_GOLDENS=more.tsv cargo test -p vm-core --test text_goldens

Each line: operation, arguments, and `=` with the results or `!` with the exception, separated by tabs. Bytes that are
not plain ASCII are written %XX; text is UTF-8 with surrogates passed.
"""

import _string
import math
import os
import random
import struct
import subprocess
import sys

N = int(sys.argv[1]) if len(sys.argv) > 1 else 20
SEED = int(sys.argv[2]) if len(sys.argv) > 2 else 1
R = random.Random(SEED)
sys.set_int_max_str_digits(4300)


def esc(value):
    if isinstance(value, bool):
        value = str(int(value))
    if isinstance(value, float):
        value = bits(value)
    if isinstance(value, int):
        sys.set_int_max_str_digits(0)
        value = str(value)
        sys.set_int_max_str_digits(4300)
    if isinstance(value, str):
        value = value.encode("utf-8", "surrogatepass")
    return "".join(chr(b) if 33 <= b < 127 and b not in b"%|" else f"%{b:02X}" for b in value)


def bits(x):
    return "nan" if x != x else str(struct.unpack("<Q", struct.pack("<d", x))[0])


OUT = []


def case(op, args, compute):
    try:
        result = compute()
        if not isinstance(result, (list, tuple)):
            result = [result]
        text = "=" + "|".join(["%d" % len(result)] + [esc("-" if r is None else r) for r in result])
    except Exception as e:
        kind = type(e).__name__
        if isinstance(e, UnicodeError) and not isinstance(e.args[0], str):
            return
        text = f"!{kind}|{esc(str(e))}"
    OUT.append("\t".join([op, *[esc(a) for a in args], text]))


def rfloat():
    k = R.randrange(9)
    if k == 0:
        return R.choice([0.0, -0.0, 1.0, -1.0, 0.5, 1.5, 2.5, 0.1, 1e16, 1e15, 9999999999999998.0, 1e-4, 1e-5, 123456789.0,
                         float("inf"), float("-inf"), float("nan"), 5e-324, 2.2250738585072014e-308, 5e22,
                         1.7976931348623157e308, 1e22, 1e23, 9.5, 99.5, 0.05, 0.25, 0.125, 1e300])
    if k <= 2:
        return struct.unpack("<d", struct.pack("<Q", R.getrandbits(64)))[0]
    if k <= 4:
        return R.choice([-1, 1]) * round(R.random() * 10 ** R.randrange(-3, 8), R.randrange(0, 6))
    if k == 5:
        return R.randrange(-4000, 4000) / 8
    if k == 6:
        return R.randrange(-10**6, 10**6) / 1000
    if k == 7:
        return float(R.getrandbits(R.randrange(1, 70)))
    return R.gauss(0, 1) * 10.0 ** R.randrange(-20, 20)


def rint():
    k = R.randrange(8)
    if k <= 2:
        return R.randrange(-300, 300)
    if k <= 4:
        return R.choice([-1, 1]) * R.getrandbits(R.randrange(1, 70))
    if k == 5:
        return R.choice([-1, 1]) * (2 ** R.randrange(1, 300) + R.randrange(-2, 3))
    if k == 6:
        return R.choice([-1, 1]) * 10 ** R.randrange(0, 40)
    return R.choice([-1, 1]) * R.getrandbits(R.randrange(1, 1200))


ALPHABETS = [
    "ab", "abcXYZ 019_", "aA \t\n\r\x0b\x0c\x1c\x1d\x1e\x1f\x85\u2028\u2029\xa0\u3000", "'\"\\\n\t\x00\x7fab",
    "\u0130\u0131\xdf\u1e9e\u01c4\u01c5\u01c6\u0149\ufb01\u03a3\u03c3\u03c2\u0345'.:\xada\u0041 \u1f80\u1f88\u1fbc",
    "\u03a3\u03a3a\u0301. ", "+-_ 0129\u0663\uff15\xb2\xbd\u4e00\u2167", "\xe9\u4e2d\U0001f600a\ud800\udc00\udcff\udc80",
    "a.,\xad\u0300\u200d\U000e0100\u16ee", "\u0660\u0966\U0001d7ce\u00b2 \u0be7",
]


def rstr(most=12):
    k = R.randrange(12)
    n = R.randrange(0, most)
    if k < 10:
        a = ALPHABETS[k]
        return "".join(R.choice(a) for _ in range(n))
    if k == 10:
        return "".join(chr(R.choice([R.randrange(128), R.randrange(0x3000), R.randrange(0x110000)])) for _ in range(n))
    return "".join(R.choice("".join(ALPHABETS)) for _ in range(n))


def rspec(codes):
    s = ""
    if R.random() < 0.3:
        s += R.choice(["", "", "*", "0", "\xe9", "\u4e2d", " "]) + R.choice("<>=^")
    if R.random() < 0.3:
        s += R.choice("+- ")
    if R.random() < 0.08:
        s += "z"
    if R.random() < 0.2:
        s += "#"
    if R.random() < 0.25:
        s += "0"
    if R.random() < 0.5:
        s += str(R.randrange(0, 40))
    if R.random() < 0.25:
        s += R.choice([",", "_", ",", "_", ",_", "_,"])
    if R.random() < 0.4:
        s += "." + R.choice(["0", "1", "2", "3", "5", "10", "17", "25", "60", "400", ""])
    if R.random() < 0.8:
        s += R.choice(codes)
    if R.random() < 0.03:
        s += R.choice(["q", "\xe9", "zz", "\x00", "99999999999999999999"])
    return s


NUMBER_WORDS = ["inf", "nan", "infinity", "-Inf", "+nan", "1_000.5", "1__0", "_1", "1_", "1e5", "1E+05", "1e", ".5", "5.",
                ".", "", "1_e5", "1e1_0", "0x10", " 1.5 ", "\t1\n", "1 2", "\u0661.\u0665", "\u30001", "1\u2003", "\x1c1",
                "1e400", "-1e-400", "nano", "in", "1\x00", "\ud800", "+-1", "--1", "1e99999999999999999999", "infinit",
                "0x1f", "0X_1F", "0b101", "0o17", "0_7", "07", "00", "-0", "0x", "1_0", "z", "Zz_9", "0b12", " 0x_f ", "0_0", "x"]


def rnumber():
    k = R.randrange(5)
    if k == 0:
        return R.choice(NUMBER_WORDS)
    if k == 1:
        return repr(rfloat())
    if k == 2:
        return "".join(R.choice("0123456789_.eE+- jxabfz") for _ in range(R.randrange(1, 8)))
    if k == 3:
        return R.choice(["", " ", "\u2003"]) + str(rint()) + R.choice(["", "\n", "_", "\xa0"])
    return f"{R.getrandbits(60)}.{R.getrandbits(90)}e{R.randrange(-340, 320)}"


def floats():
    x, y = rfloat(), rfloat()
    case("float_repr", [x], lambda: repr(x))
    case("complex_repr", [x, y], lambda: repr(complex(x, y)))
    for _ in range(3):
        s = rspec("eEfFgGn%")
        case("float_fmt", [x, s], lambda: format(x, s))
    s = rspec("eEfFgGn")
    case("complex_fmt", [x, y, s], lambda: format(complex(x, y), s))
    t = rnumber()
    case("float_parse", [t], lambda: float(t))
    t = t if R.random() < 0.4 else R.choice(["", "(", " ( "]) + R.choice(["", repr(rfloat()), t]) + R.choice(["", "+", "-", repr(y)]) + R.choice("jjJ ") + R.choice(["", ")", " ) "])
    case("complex_parse", [t], lambda: [complex(t).real, complex(t).imag])
    case("float_hex", [x], lambda: x.hex())
    h = R.choice([x.hex(), " " + x.hex()[:-1], f"{R.choice(['', '-', '+'])}{R.choice(['', '0x'])}{R.getrandbits(R.randrange(1, 150)):x}.{R.getrandbits(R.randrange(1, 90)):x}{R.choice(['', 'p%d' % R.randrange(-1150, 1050)])}", rnumber()])
    if h.isascii():
        case("float_fromhex", [h], lambda: float.fromhex(h))
    n = R.randrange(-25, 25) if R.random() < 0.9 else R.choice([-309, -308, -307, 323, 324, 400])
    case("round", [x, n], lambda: round(x, n))
    case("ratio", [x], lambda: x.as_integer_ratio())
    case("float_int", [x], lambda: int(x))
    case("round_int", [x], lambda: round(x))
    i = int(x) + R.randrange(-1, 2) if math.isfinite(x) and R.random() < 0.6 else rint()
    case("cmp_int", [x, i], lambda: "none" if x != x else (x > i) - (x < i))
    if x == x:
        case("hash_float", [x], lambda: hash(x))
        if y == y:
            case("hash_complex", [x, y], lambda: hash(complex(x, y)))


def ints():
    a, b = rint(), rint()
    if R.random() < 0.5:
        b = R.randrange(-20, 20)
    t, base = rnumber(), R.choice([10, 10, 0, 16, 2, 8, 36, 7, 1, 37])
    case("int_parse", [t, base], lambda: int(t, base))
    big = R.choice(["9" * 4300, "1" * 4301, "-" + "7" * 5000, "1" * 700]) if R.random() < 0.02 else str(a)
    case("int_parse", [big, 10], lambda: int(big, 10))
    case("int_str", [a], lambda: str(a))
    for _ in range(3):
        s = rspec("bodxXncbdxeEfFgG%")
        case("int_fmt", [a, s], lambda: format(a, s))
    case("floordiv", [a, b], lambda: a // b)
    case("mod", [a, b], lambda: a % b)
    case("divmod", [a, b], lambda: divmod(a, b))
    case("truediv", [a, b], lambda: a / b)
    c = rint()
    case("truediv", [a, c], lambda: a / c)
    case("gcd", [a, c], lambda: math.gcd(a, c))
    case("isqrt", [a], lambda: math.isqrt(a))
    e = R.randrange(-5, 200)
    case("powmod", [a, e, c], lambda: pow(a, e, c))
    case("powmod", [a, e, b], lambda: pow(a, e, b))
    e = abs(e) % 30
    case("pow", [a, e], lambda: a**e)
    s = R.choice([R.randrange(-2, 100), R.randrange(2000), 2**70])
    case("lshift", [a, s], lambda: a << s)
    case("rshift", [a, s], lambda: a >> s)
    n = R.randrange(-20, 3)
    case("iround", [a, n], lambda: round(a, n))
    case("bits", [a], lambda: [a.bit_length(), a.bit_count()])
    n, o, g = R.randrange(-1, 20), R.choice(["little", "big"]), R.random() < 0.5
    case("to_bytes", [a, n, o, g], lambda: a.to_bytes(n, o, signed=g))
    d = R.randbytes(R.randrange(0, 20))
    case("from_bytes", [d, o, g], lambda: int.from_bytes(d, o, signed=g))
    case("int_float", [a], lambda: float(a))
    case("hash_int", [a], lambda: hash(a))
    items = [rint() for _ in range(R.randrange(0, 6))]
    case("hash_tuple", items, lambda: hash(tuple(items)))
    items = list(set(items))
    case("hash_frozenset", items, lambda: hash(frozenset(items)))


SIMPLE = ["lower", "upper", "title", "capitalize", "swapcase", "casefold", "isalpha", "isalnum", "isdecimal", "isdigit",
          "isnumeric", "isspace", "isprintable", "isidentifier", "isupper", "islower", "istitle", "isascii"]
BYTES_SIMPLE = ["title", "capitalize", "swapcase", "isupper", "islower", "istitle", "isspace"]


def strs():
    s = rstr(20)
    t = R.choice([rstr(3), s[R.randrange(0, len(s) + 1):][:R.randrange(0, 3)]])
    u, n = rstr(4), R.randrange(-1, 4)
    for name in SIMPLE:
        case(name, [s], lambda: getattr(s, name)())
    i, j = R.randrange(-25, 25), R.randrange(-25, 25)
    for name in ["find", "rfind", "count", "startswith", "endswith"]:
        case(name, [s, t, i, j], lambda: getattr(s, name)(t, i, j))
        case(name, [s, t, 0, 1000], lambda: getattr(s, name)(t, 0, 1000))
    case("replace", [s, t, u, n], lambda: s.replace(t, u, n))
    for name in ["split", "rsplit"]:
        case(name, [s, t, n], lambda: getattr(s, name)(t, n))
        case(name + "_ws", [s, n], lambda: getattr(s, name)(None, n))
    case("splitlines", [s, n > 1], lambda: s.splitlines(n > 1))
    for name in ["partition", "rpartition"]:
        case(name, [s, t], lambda: getattr(s, name)(t))
    for name in ["strip", "lstrip", "rstrip"]:
        case(name, [s, t], lambda: getattr(s, name)(t))
        case(name + "_ws", [s], lambda: getattr(s, name)())
    case("removeprefix", [s, t], lambda: s.removeprefix(t))
    case("removesuffix", [s, t], lambda: s.removesuffix(t))
    w, f = R.randrange(-3, 35), R.choice("*\xe9 \U0001f600")
    for name in ["center", "ljust", "rjust"]:
        case(name, [s, w, f], lambda: getattr(s, name)(w, f))
    case("zfill", [s, w], lambda: s.zfill(w))
    case("expandtabs", [s, n + 2], lambda: s.expandtabs(n + 2))
    case("repr", [s], lambda: repr(s))
    case("ascii", [s], lambda: ascii(s))
    case("compare", [s, t], lambda: (s > t) - (s < t))
    lo, hi, st = R.randrange(-25, 25), R.randrange(-25, 25), R.choice([1, 1, 2, -1, -3, 5])
    case("slice", [s, lo, hi, st], lambda: s[lo:hi:st])
    spec = rspec("sssd") if R.random() < 0.5 else R.choice(["*", ""]) + R.choice("<>^") + str(R.randrange(30)) + R.choice(["", ".3", "s"])
    case("str_fmt", [s, spec], lambda: format(s, spec))


def coding():
    s = rstr()
    enc = R.choice(["utf-8", "ascii", "latin-1", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"])
    err = R.choice(["strict", "ignore", "replace", "backslashreplace", "surrogateescape", "surrogatepass", "xmlcharrefreplace"])
    if not (err in ("surrogatepass",) and enc in ("ascii", "latin-1")):
        case("encode", [s, enc, err], lambda: s.encode(enc, err))
    if err != "xmlcharrefreplace":
        b = R.choice([R.randbytes(R.randrange(0, 9)), s.encode(enc if R.random() < 0.7 else "utf-8", "ignore")[: R.randrange(0, 20)],
                      s.encode("utf-8", "surrogatepass"),
                      bytes(R.choice(b"a\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80\xed\xa0\xf4\x90\xe0\xff\xd8\xdc\x00") for _ in range(R.randrange(9)))])
        case("decode", [b, enc, err], lambda: b.decode(enc, err))


def byte_ops():
    k = R.randrange(3)
    if k == 0:
        b = R.randbytes(R.randrange(12))
    else:
        b = bytes(R.choice(b"aAbB \t\n\r\x0b'\"\\09+-\xe9\x1c") for _ in range(R.randrange(14)))
    t, n = bytes(R.choice(b"ab \t") for _ in range(R.randrange(3))), R.randrange(-1, 4)
    for name in BYTES_SIMPLE:
        case("b_" + name, [b], lambda: getattr(b, name)())
    case("b_repr", [b], lambda: repr(b))
    case("b_replace", [b, t, b"<>", n], lambda: b.replace(t, b"<>", n))
    for name in ["split", "rsplit"]:
        case("b_" + name, [b, t, n], lambda: getattr(b, name)(t, n))
        case(f"b_{name}_ws", [b, n], lambda: getattr(b, name)(None, n))
    for name in ["strip", "lstrip", "rstrip"]:
        case("b_" + name, [b, t], lambda: getattr(b, name)(t))
        case(f"b_{name}_ws", [b], lambda: getattr(b, name)())
    case("b_splitlines", [b, n > 1], lambda: b.splitlines(n > 1))
    case("b_count", [b, t], lambda: b.count(t))
    case("b_expandtabs", [b, n + 2], lambda: b.expandtabs(n + 2))
    case("b_zfill", [b, n + 9], lambda: b.zfill(n + 9))
    g = R.randrange(-4, 5)
    case("b_hex", [b, ":", g], lambda: b.hex(":", g))
    h = R.choice([b.hex(), b.hex(" "), rstr(5), b.hex()[:-1], b.hex() + "\xe9"])
    case("b_fromhex", [h], lambda: bytes.fromhex(h))
    case("float_parse_bytes", [b], lambda: float(b))
    case("int_parse_bytes", [b, 10], lambda: int(b, 10))


def percents():
    fmt, args, shown = R.choice(["", "a", "\xe9%%"]), [], []
    for _ in range(R.randrange(1, 3)):
        fmt += "%" + "".join(R.choice("-+ #0") for _ in range(R.randrange(3)))
        for lead in ["", "."]:
            k = R.randrange(4)
            if k == 1:
                fmt += lead + str(R.randrange(25))
            elif k == 2 and R.random() < 0.3:
                fmt += lead + "*"
                args.append(R.randrange(-9, 20))
                shown.append(f"i{args[-1]}")
        code = R.choice("diuoxXeEfFgGsrac")
        fmt += R.choice(["", "", "l", "h"]) + code + R.choice(["", " ", "\xe9"])
        if code in "diuoxX":
            args.append(rint())
            shown.append(f"i{args[-1]}")
        elif code in "eEfFgG":
            args.append(rfloat())
            shown.append("f" + bits(args[-1]))
        elif code == "c" and R.random() < 0.5:
            args.append(R.randrange(0, 0x110000) if R.random() < 0.9 else R.choice([-1, 0x110000, 2**70]))
            shown.append(f"i{args[-1]}")
        elif code == "c":
            args.append(R.choice("a\xe9\U0001f600"))
            shown.append("s" + args[-1])
        else:
            args.append(rstr(6))
            shown.append("s" + args[-1])
    if R.random() < 0.1:
        fmt += R.choice(["%", "%5", "%.", "%y", "%\u4e2d", "%(a)s", "%99999999999999999999d", "%.99999999999d", "%l"])
        if fmt[-1] in "y\u4e2d":
            args.append(1)
            shown.append("i1")
    case("percent", [fmt, *shown], lambda: fmt % tuple(args))


TEMPLATES = ["{}", "{0}", "{a.b[c]!r:>{w}}", "{{x}}", "}", "{", "{!r}", "{0!}", "{0!rx}", "{:{}{}}", "{a{}}", "{[0]}", "a{", "{a[b}",
             "{a[{]}", "{0:{{}}", "\xe9{0.x}\u4e2d", "{0.}", "{0[]}", "{0[1]x}", "{x!s:}", "{!", "{0!r", "{a:", "{99999999999999999999}", "{\u0661[\u0662]}"]


def templates():
    if R.random() < 0.5:
        t = R.choice(TEMPLATES)
    else:
        t = "".join(R.choice("{}{}!:.[]ra01 \xe9") for _ in range(R.randrange(1, 9)))

    def flat(parts):
        return [x for part in parts for x in ["-" if p is None else p for p in part]]

    case("template", [t], lambda: flat(_string.formatter_parser(t)))
    name = R.choice([t.strip("{}"), "".join(R.choice("ab01.[]\xe9") for _ in range(R.randrange(1, 8)))])

    def split():
        first, rest = _string.formatter_field_name_split(name)
        out = [type(first).__name__[0] + str(first)]
        for is_attr, key in rest:
            out.append(("." if is_attr else type(key).__name__[0]) + str(key))
        return out

    case("field_name", [name], split)


def hashes(seed):
    for _ in range(N):
        s, b = rstr(25), R.randbytes(R.randrange(0, 30))
        case("hash_str", [seed, s], lambda: hash(s))
        case("hash_bytes", [seed, b], lambda: hash(b))


def main():
    if "HASHES" in os.environ:
        hashes(int(os.environ["PYTHONHASHSEED"]))
        print("\n".join(OUT))
        return
    for _ in range(N):
        for part in [floats, ints, strs, coding, coding, byte_ops, percents, templates]:
            part()
    print("\n".join(OUT))
    sys.stdout.flush()
    for seed in [0, 1, 12345, 4294967295]:
        env = {**os.environ, "HASHES": "1", "PYTHONHASHSEED": str(seed)}
        subprocess.run([sys.executable, __file__, str(N), str(SEED + 1)], env=env, check=True)


main()
