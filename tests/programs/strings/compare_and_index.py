"""Comparison, indexing, iteration, multiplication, concatenation."""
def show(function, *args, **kwargs):
    try:
        print(repr(function(*args, **kwargs)))
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


print("a" < "b", "a" < "B", "abc" < "abd", "" < "a", "Z" < "a", "é" > "z", "a" == "a", "10" < "9", "😀" > "\uffff")
s = "héllo😀"
print(len(s), s[1], s[-1], s[5], list(s), s[::-1], s * 2, 0 * s, -1 * s, s + "!", max(s), min(s), sorted(s))
print([ord(c) for c in s], "".join(chr(ord(c) + 1) for c in "HAL"))
show(lambda: s["a"])
show(lambda: s[100])
show(lambda: s + 5)
show(lambda: s + b"a")
show(lambda: s * "a")
show(lambda: "a" < 1)
show(lambda: s.nope)
show(chr, 0x110000)
show(chr, 1 << 40)
show(ord, "")
show(ord, "ab")
print(str(b"a", "ascii"), str(), str(5), str(None), str([1, "a"]), str(object=1.5))
show(str, b"\xff", "utf-8")
show(str, 5, "utf-8")
show(str, "a", "utf-8")
