"""Natives that iterate, search, sort and cut: over every kind of operand, with lists that change meanwhile and comparisons that raise."""


class Num:
    def __init__(self, n):
        self.n = n

    def __eq__(self, other):
        return self.n == (other.n if isinstance(other, Num) else other)

    def __lt__(self, other):
        return self.n < (other.n if isinstance(other, Num) else other)

    def __gt__(self, other):
        return self.n > (other.n if isinstance(other, Num) else other)

    def __add__(self, other):
        return Num(self.n + (other.n if isinstance(other, Num) else other))

    __radd__ = __add__

    def __repr__(self):
        return f"Num({self.n})"


class Texts(str):
    def __lt__(self, other):
        return str.__gt__(self, other)


class Lists(list):
    def __iter__(self):
        return iter(["mine"])


def show(f, *args, **kw):
    try:
        print(f(*args, **kw), end="; ")
    except Exception as e:
        print(type(e).__name__, e, end="; ")


big = 10**30
inf, nan, zero, tiny = float("inf"), float("nan"), 0.0, 5e-324
groups = [
    [3, 1, 2], (3, 1, 2), range(5, 0, -2), range(2**61 - 3, 2**61 + 2), {3: 1, 1: 2}, {5}, "cab", b"cab", [], (), iter([3, 1]),
    [1.5, -2.5, 0.25], [zero, -zero, tiny, inf, -inf], [1, 2.5, True], [big, -big, 1], ["b", "a", "\u00e9", "B", "\ud800", "\U0001f600"],
    [(2, "b"), (2, "a"), (1, "z")], [(1,), (1, 0), ()], [(1, 2.5), (1.0, 2)], [Num(3), Num(1)], [Texts("a"), Texts("b")], [None, 1],
    [(1, None), (1, None)], [(1, None), (0, None)], [("a", (1, 2)), ("a", (1, 1))], [[2], [1, 5]], [True, False], Lists([1, 2]), [nan, 1.0],
]
for g in groups:
    again = (lambda: iter([3, 1])) if hasattr(g, "__next__") else (lambda: g)
    for f in (sum, min, max, sorted, list, tuple, any, all, len):
        show(f, again())
    show(sorted, again(), reverse=True)
    show(lambda: [*again(), *again()])
    show(lambda: list(enumerate(again(), 2**61 - 2)))
    show(lambda: list(zip(again(), again(), range(9))))
    show(lambda: list(filter(None, again())))
    show(lambda: list(map(repr, again())))
    show(lambda: list(again())[::-1] + list(again())[::2])
    print()

same = [1, 1.0, True, "a", "a" * 1, (1, "a"), (1.0, "a"), big, big + 0, None, nan, Num(1), zero, -zero]
for wanted in same:
    items = list(same)
    show(lambda: (items.index(wanted), items.count(wanted), wanted in items, wanted in tuple(items)))
show([].index, 1)
show([nan].index, float("nan"))
print()

# A stable sort keeps equal items in order, also backwards, and tells identities apart.
pairs = [(k % 3, "x%d" % k) for k in range(12)]
print(sorted(pairs, key=lambda p: p[0]), sorted(pairs, key=lambda p: p[0], reverse=True))
words = ["".join(["b", "a"]), "".join(["b", "a"]), "a"]
out = sorted(words, reverse=True)
print(out, out[0] is words[0], out[1] is words[1])
out = sorted([1, True, 1.0, 0, False], reverse=True)
print(out, sorted([1, True, 1.0, 0, False]))


class Watching:
    def __init__(self, log, items, n):
        self.log, self.items, self.n = log, items, n

    def __lt__(self, other):
        self.log.append(len(self.items))
        return self.n < other.n


log, items = [], []
items.extend(Watching(log, items, n) for n in (3, 1, 2))
items.sort()
print([w.n for w in items], set(log))

# Lists that change while a native walks them.
numbers = [1, 2, 3]


class Grow:
    def __radd__(self, other):
        numbers.append(10)
        return other + 1

    def __repr__(self):
        return "Grow()"


numbers.insert(1, Grow())
print(sum(numbers))


class Shrink:
    def __eq__(self, other):
        shrinking.clear()
        return False


shrinking = [1, Shrink(), 2, 3]
print(5 in shrinking, shrinking)
growing = [1, 2]
growing.extend(growing)
growing += growing
print(growing)
growing[1:2] = growing
print(growing)
d = dict.fromkeys("abc", 1)
print(list(d), [*d], list(d.values()))
it = iter(numbers)
print(list(it), list(it), next(it, "end"))
numbers.append(1)
print(list(it))


def endless():
    n = 0
    while True:
        n += 1
        yield n


print(any(n > 5 for n in endless()), min(endless(), key=lambda n: n) if False else 0, max(1, 2.5, True), min("b", "a"), max((1, 2), (1, 3)))
show(max, 1, "a")
show(min, [])
show(max, [], default=4)
show(min, nan, 1.0)
show(max, 1.0, nan)
print()

# Cutting and joining.
for text in ("a,b,,c", ",", "", "a", "  a  b ", "\x1ca\x1db\x85c", "a\u2003b", "\u00e9,\u00e9", " \t\n", "a\x00b", ",a"):
    print(ascii([text.split(","), text.split(), text.split(None), text.split(",", 1), text.split(None, 1), text.split(", "), text.split("\u00e9")]))
whole = "abc"
print(whole.split(",")[0] is whole, whole.split()[0] is whole)
show("abc".split, "")
for width in (0, 3, 7):
    print("abc".center(width), "abc".ljust(width, "\u00e9"), "abc".rjust(width, "-"), "\u00e9".center(width, "*"), "7".zfill(width))

# Numbers as text.
for n in (0, 1, -1, 7, 255, -256, 2**61 - 1, -(2**61), 2**63 - 1, 2**63, -(2**63), 2**64, -big, True):
    print(hex(n), oct(n), bin(n), f"{n:d} {n:5d} {n:<5d}| {n:+d} {n:,} {n:_x} {n:#b} {n:08X} {n:^9o} {n:n}", "%d %5d %-5d %+d %x %#o %05d" % ((n,) * 7))
    show(lambda: f"{n:e} {n:.3f} {n:%}")
    show(lambda: f"{n:c}")
print()
for x in (0.0, -0.0, 0.5, 1.5, 2.5, 0.125, 1e16, 1e22, 123456.789, -1e-7, 1e300, nan, inf, -inf, 2**0.5):
    print([f"{x:.{p}f}" for p in (0, 1, 2, 6)], "%.3f %f %+.1f %#.0f %8.2f" % ((x,) * 5), f"{x:z.1f} {x:+.2f} {x: .0f} {x:,.2f} {x:#.0f}", round(x, 2) if x == x else x)
show(lambda: f"{1:0<100_d}")
show(lambda: format(3, "x" * 30))
show(lambda: f"{3:\u0665d}")
print(int("12"), int("-7"), int(" 8 "), int("1_0"), int("\u0663"), int("9" * 18), int("-" + "9" * 19))
for text in ("", "-", "--1", "1-", "+ 1", "12a", "0x1"):
    show(int, text)
print()
