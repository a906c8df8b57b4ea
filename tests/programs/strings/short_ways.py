# Methods that take short ways for plain text, on text of every kind and length: what they give is summed up for each method.
import sys

sys.set_int_max_str_digits(0)
state = 1


def pick(items):
    global state
    state = (state * 1103515245 + 12345) % (1 << 31)
    return items[(state >> 8) % len(items)]


def text(alphabets, lengths):
    letters = pick(alphabets)
    return "".join([pick(letters) for _ in range(pick(lengths))])


sums = {}


def note(name, f):
    try:
        shown = repr(f())
    except Exception as e:
        shown = type(e).__name__ + ": " + str(e)
    total = sums.get(name, 0)
    for c in shown:
        total = (total * 31 + ord(c)) % 1000000007
    sums[name] = total


ALPHABETS = ["ab", "abc \t\n", "aB\xe9\xdf \n\r\x0b\x1c\x85\u2028", "\u20acx\u0130\u03a3\u03c3a", "\U0001f600ab\ud800 \udc80", "\x00\x7f\x80\xff\u0100"]
LENGTHS = [0, 1, 2, 3, 5, 10, 16, 17, 33, 64, 129, 300]
CODECS = ["utf-8", "ascii", "latin-1", "utf-16", "utf-32", "utf-16-be", "utf-32-be", "unicode_escape"]
HANDLERS = ["strict", "ignore", "replace", "backslashreplace", "surrogateescape", "surrogatepass", "xmlcharrefreplace"]
NUMBERS = [None, 0, 1, -1, 2, -2, 3, 7, -50, 200]
for _ in range(250):
    s, u, v = text(ALPHABETS, LENGTHS), text(ALPHABETS, [0, 1, 1, 2]), text(ALPHABETS, [0, 1, 2])
    b = s.encode("utf-8", "surrogatepass")
    bu, bv = u.encode("utf-8", "surrogatepass"), v.encode("utf-8", "surrogatepass")
    i, j, k, n, e, h = pick(NUMBERS), pick(NUMBERS), pick(NUMBERS) or 1, pick([-1, 0, 1, 2, 5]), pick(CODECS), pick(HANDLERS)
    for name in "upper lower title capitalize swapcase casefold split splitlines strip isupper islower istitle".split():
        note(name, getattr(s, name))
        if name not in ("casefold",):
            note("bytes." + name, getattr(b, name))
    for name in "split rsplit".split():
        note(name + " at", lambda: getattr(s, name)(u, n))
        note(name + " at all", lambda: getattr(s, name)(u))
        note(name + " at spaces", lambda: getattr(s, name)(None, n))
        note("bytes." + name, lambda: getattr(b, name)(bu, n))
    note("replace", lambda: (s.replace(u, v), s.replace(u, v, n), b.replace(bu, bv), b.replace(bu, bv, n)))
    note("count", lambda: (s.count(u), s.count(u, i, j), b.count(bu), b.count(bu, i, j), s.find(u, i, j), s.rfind(u, i, j)))
    note("slices", lambda: (s[i:j], s[i:j:k], s[::-1], b[i:j:k], b[::-1]))
    note("cutting", lambda: (s.partition(v), s.rpartition(v), s.removeprefix(u), s.removesuffix(u), s.strip(u), s.lstrip(u), s.rstrip(u)))
    note("encode " + e, lambda: s.encode(e, h))
    note("decode " + e, lambda: b.decode(e, h))
    note("there and back " + e, lambda: s.encode(e, "surrogatepass").decode(e))
    note("keys", lambda: ({s: u}["".join(list(s))], {b: 1}[bytes(list(b))]))
    note("items", lambda: (list(s), tuple(u), [*v], bytes(list(b)), bytearray(list(bu))))
    note("hex", lambda: (b.hex(), b.hex(":", n), bytes.fromhex(b.hex())))
    note("translate", lambda: (s.translate({97: None, 98: "xy", 0xE9: 0x20AC}), s.translate(str.maketrans("ab", "ba"))))
    note("percent", lambda: (b"%s|%5.1s|%b" % (b, bu, bv), "%s|%5.1s|%r" % (s, u, v)))
WORDS = [0, 1, -1, 9, -10, 127, -128, 128, 255, 256, 65535, -65537, 2**31, -(2**31), 2**61 - 1, 2**61, -(2**61), 2**63, -(2**63), 2**64, 2**70, -(2**100), True]
for w in WORDS:
    for conversion in "diuoxX":
        for flags in ["", "-", "0", "+", " ", "#", "-0", "+0", "#0", "-+"]:
            for width in ["", "5", "20", "150", "8.5", ".0"]:
                note("%" + conversion, lambda: ("%" + flags + width + conversion) % w)
                note("bytes %" + conversion, lambda: ("%" + flags + width + conversion).encode() % w)
    for order in "big", "little":
        for size in 0, 1, 2, 4, 7, 8, 9, 64, 65:
            for signed in False, True:
                note("to_bytes", lambda: w.to_bytes(size, order, signed=signed))
                note("from_bytes", lambda: int.from_bytes(w.to_bytes(size, order, signed=signed), order, signed=signed))
    note("bases", lambda: (hex(w), oct(w), bin(w), int(hex(w), 16), int(oct(w), 8), int(bin(w), 2), int(hex(w), 0), int(str(int(w)), 36)))
    for x in WORDS:
        note("bits", lambda: (w & x, w | x, w ^ x, -w, ~int(w), abs(x)))
for numeral in ["", "+", "1", "-1", ".", "1.", ".5", "1e5", "1e", "e5", "+.5e-3", "1e400", "-1e-400", "1_0", "1__0", "nan", "-inf", " 2.5 ", "0x1", "1.5.2", "--1", "12345678901234567890", "\u0661\u0662"]:
    note("float", lambda: float(numeral))
    note("float of bytes", lambda: float(numeral.encode("utf-8")))
    for base in 0, 2, 8, 10, 16, 36:
        note("int", lambda: int(numeral, base))
for name in sorted(sums):
    print(name, sums[name])
