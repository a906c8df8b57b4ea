# Methods of short text and of text just longer than what is treated as short, ASCII and not: results against what simpler code says.
state = 12345


def pick(items):
    global state
    state = (state * 1103515245 + 12345) % (1 << 31)
    return items[(state >> 8) % len(items)]


def text(alphabet):
    return "".join(pick(alphabet) for _ in range(pick([0, 1, 2, 3, 7, 8, 9, 16, 17, 40, 95, 96, 97, 130, 300])))


def find_all(hay, part):
    found, at = [], 0
    while at + len(part) <= len(hay):
        if hay[at : at + len(part)] == part:
            found.append(at)
            at += len(part)
        else:
            at += 1
    return found


def check(what, holds, *values):
    if not holds:
        print("wrong:", what, *map(ascii, values))


SPACES = " \t\n\r\x0b\x0c\x1c\x1d\x1e\x1f"
for round_ in range(200):
    alphabet = pick(["aab ,", "ab \n\r\t\x1c\x1f", "aé\u3000😀b ", "xy\x85\u2028 \n"])
    s, part, new = text(alphabet), "".join(pick(alphabet) for _ in range(pick([1, 1, 2, 3]))), "".join(pick(alphabet) for _ in range(pick([0, 1, 3])))
    places = find_all(s, part)
    check("find", s.find(part) == (places[0] if places else -1) and (part in s) == bool(places), s, part)
    check("count", s.count(part) == len(places), s, part)
    last = max((i for i in range(len(s)) if s[i : i + len(part)] == part), default=-1)
    check("rfind", s.rfind(part) == last, s, part)
    pieces, at = [], 0
    for place in places:
        pieces.append(s[at:place])
        at = place + len(part)
    pieces.append(s[at:])
    check("split", s.split(part) == pieces and part.join(pieces) == s, s, part)
    check("replace", s.replace(part, new) == new.join(pieces), s, part, new)
    for limit in (0, 1, 2, 9):
        cut = pieces[:limit] + ([part.join(pieces[limit:])] if len(pieces) > limit else [])
        check("split limit", s.split(part, limit) == cut and s.replace(part, new, limit) == new.join(cut), s, part, limit)
    check("partition", "".join(s.partition(part)) == s and s.partition(part)[0] == pieces[0], s, part)
    words, word = [], ""
    for c in s + " ":
        if c.isspace():
            words += [word] if word else []
            word = ""
        else:
            word += c
    check("words", s.split() == words and s.rsplit() == words, s)
    check("strip", s.strip() == s.lstrip().rstrip() and s.strip(part).strip(part) == s.strip(part), s, part)
    check("lines", "".join(s.splitlines(True)) == s and all(a.startswith(b) for a, b in zip(s.splitlines(True), s.splitlines())), s)
    check("ends", len(s) < 2 or s.startswith(s[:3]) and s.endswith((new + "!", s[-2:])) and s.startswith(s[2:5], 2, 5), s)
    raw, raw_part = s.encode(), part.encode()
    check("bytes", raw.split(raw_part) == [p.encode() for p in pieces] and raw_part.join(raw.split(raw_part)) == raw, raw)
    check("codecs", raw.decode("utf-8") == s and (not s.isascii() or s.encode("ascii") == s.encode("latin-1") == raw and raw.decode("ascii") == s), s)
    items = [text(alphabet)[:pick([0, 1, 8, 9, 20])] + pick(["", "\0", "\0\0"]) for _ in range(pick([2, 20, 60]))]
    ordered = sorted(items)
    check("sorted", all(a <= b for a, b in zip(ordered, ordered[1:])) and sorted(items, reverse=True) == ordered[::-1], items)
    by_len = sorted(range(len(items)), key=lambda i: len(items[i]))
    check("stable", all((len(items[i]), i) < (len(items[j]), j) for i, j in zip(by_len, by_len[1:])), items)
    down = sorted(range(len(items)), key=items.__getitem__, reverse=True)
    check("stable down", all(items[i] > items[j] or items[i] == items[j] and i < j for i, j in zip(down, down[1:])), items)

print([f"{x:.{n}e}|{x:.{n}g}|%.{n}e" % x for x in (0.00001, 0.1, 9.9995, 999999.5, 999999999999999.9, 1e14, 123456.5, 5e-324) for n in (0, 3, 15, 16)])
print("{} {:>4}|{:<4}|{:^5}|{!r}".format(-12, 34, "é", 5.5, "q"), "%s-%d-%r-%%" % (1 << 61, -7, "x"))
for template, values in [("%s %s", (1,)), ("%s", (1, 2)), ("%d", "x"), ("%d", (1.5,)), ("%(a)s", 1), ("%", 1), ("%y", 1), ("%s%s", 5)]:
    try:
        print(template % values)
    except (TypeError, ValueError) as e:
        print(type(e).__name__, e)
for method, arguments in [("split", ("",)), ("replace", ("a", 1)), ("encode", ("nope",)), ("strip", (1,)), ("partition", ("",)), ("encode", ("ascii", "nope"))]:
    try:
        print(getattr("abc", method)(*arguments))
    except (TypeError, ValueError, LookupError) as e:
        print(type(e).__name__, e)
print(b", ".join([b"a", b"", b"c"]), b"".join((b"x", bytearray(b"y"))), bytearray(b"-").join([b"a", b"b"]))
try:
    b"".join([b"a", "b"])
except TypeError as e:
    print(e)
