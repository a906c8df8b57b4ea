"""Slices of lists, strings, tuples, bytes and ranges."""
def show(function, *args, **kwargs):
    try:
        print(repr(function(*args, **kwargs)))
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


for s in (list(range(6)), "abcdef", tuple("abcdef"), b"abcdef", range(6)):
    print(s[1:3], s[:], s[::2], s[::-1], s[-2:], s[:-2], s[4:1], s[4:1:-1], s[10:], s[-10:2], s[::-2], s[5:None:-3], s[True:3])
s = "abcdef"
show(lambda: s[::0])
show(lambda: s["a":])
show(lambda: s[1.0])
show(lambda: s["a"])
show(lambda: s[6])
show(lambda: s[-7])
show(lambda: [1][1])
show(lambda: (1,)[-2])
show(lambda: b"a"[5])
show(lambda: range(3)[3])
one = [1]
show(lambda: one[None])
show(lambda: [1][1 << 100])
show(lambda: [1][:1 << 100])
for s in ([1], (1,), b"a", bytearray(b"a")):
    show(lambda: s["a"])
    show(lambda: s[[]])
    show(lambda: s[1.5])
show(lambda: range(3)["a"])
