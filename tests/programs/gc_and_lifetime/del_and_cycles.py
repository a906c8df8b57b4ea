"""Objects that are no longer reachable are dropped; cycles do no harm."""
import sys


class Node:
    def __init__(self, value):
        self.value = value
        self.me = self


for round_ in range(2000):
    a, b = Node(round_), Node(-round_)
    a.other, b.other = b, a
    l = [a, b]
    l.append(l)
    d = {"self": None, "l": l}
    d["self"] = d
print(a.value, b.other.value, len(l), d["self"]["l"][2][0].value)
big = []
for i in range(200):
    big = [big, bytearray(10000)]
    if i % 50 == 49:
        big = []
print(len(big))


def generator():
    kept = list(range(100))
    while True:
        yield sum(kept)


for _ in range(1000):
    g = generator()
    next(g)
print(next(g))
s = ""
for i in range(20000):
    s += "x"
print(len(s))
parts = [str(i) * 10 for i in range(5000)]
del parts[::2]
print(len(parts), parts[0])
