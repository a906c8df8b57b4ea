"""Many live objects of every kind, checked after a lot of allocation."""
class P:
    __slots__ = ("a", "b")

    def __init__(self, a, b):
        self.a, self.b = a, b


keep = []
for i in range(3000):
    keep.append([P(i, str(i)), {i: [i]}, (i, (i,)), {i, i + 1}, lambda i=i: i, i * 1.5, 10 ** 20 + i, f"{i}-{i}", bytes([i % 256]), range(i), iter([i]), slice(i), 1j * i, frozenset([i])])
    junk = [[j] for j in range(20)]
total = 0
for i, (p, d, t, s, f, x, big, text, b, r, it, sl, c, fs) in enumerate(keep):
    assert p.a == i and p.b == str(i) and d[i] == [i] and t == (i, (i,)) and s == {i, i + 1} and f() == i and x == i * 1.5
    assert big - 10 ** 20 == i and text == f"{i}-{i}" and b == bytes([i % 256]) and len(r) == i and next(it) == i and sl.stop == i and c.imag == i and i in fs
    total += i
print(total, len(keep), len(junk))
