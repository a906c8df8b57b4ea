"""Globals, cells and attributes updated in hot loops."""
counter = 0


def bump():
    global counter
    counter += 1


for _ in range(500):
    bump()
print(counter)
counter = 1.5
for _ in range(100):
    bump()
print(counter)
counter = "s"
try:
    bump()
except TypeError as error:
    print(error)


def make():
    n = 0

    def inc(by=1):
        nonlocal n
        n += by
        return n
    return inc


a, b = make(), make()
for _ in range(200):
    a()
    b(2)
print(a(0), b(0), a(0.5), b(10 ** 20))


class C:
    count = 0

    def __init__(self):
        C.count += 1
        self.n = 0

    def inc(self):
        self.n += 1
        return self


c = C()
for _ in range(300):
    c.inc().inc()
    C()
print(c.n, C.count)
fs = [lambda x, k=k: x + k for k in range(5)]
print(sum(f(i) for i in range(100) for f in fs))
