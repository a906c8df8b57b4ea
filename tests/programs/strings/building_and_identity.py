"""Interning is not relied upon; equality, membership in dicts, keys built at run time."""
a = "hello world"
b = "".join(["hello", " ", "world"])
print(a == b, hash(a) == hash(b), {a: 1}[b], b in {a}, a.count("o") == b.count("o"), (a + "!")[:-1] == a)
d = {}
for i in range(5):
    d["key" + str(i)] = i
print(d["key3"], d.get("key" + "9"), sorted(d), "key2" in d, [k[-1] for k in d])
text = ""
for word in ["the", "quick", "brown"]:
    text += word.capitalize() if not text else " " + word
print(text, len(text), text.split(), text.title().swapcase())
out = []
for c in text:
    if c.isupper():
        out.append(c.lower())
    elif c == " ":
        out.append("_")
    else:
        out.append(c.upper() if c in "aeiou" else c)
print("".join(out), "".join(reversed(text)), " ".join(w[::-1] for w in text.split()))
counts = {}
for c in text.replace(" ", "").lower():
    counts[c] = counts.get(c, 0) + 1
print(sorted(counts.items(), key=lambda p: (-p[1], p[0]))[:4])
print("\n".join(f"{i:>2}: {w:<8}|" for i, w in enumerate(text.split(), 1)))
print(text[5:] + text[:5], text[-1:-4:-1], text[::3], "-".join(text[i:i + 3] for i in range(0, len(text), 3)))
print("abc" "def"[1:], ("abc" "def")[1:], "a" * 0 == "", "ab" * 2 == "abab", "x".__add__("y"), "x".__mul__(3), "abc".__contains__("b"), "abc".__getitem__(1), "abc".__len__())
