"""Classes as iterators; protocols used by for, in, unpacking, list()."""
def show(function, *args, **kwargs):
    try:
        print(repr(function(*args, **kwargs)))
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


class Count:
    def __init__(self, n):
        self.n = n

    def __iter__(self):
        self.i = 0
        return self

    def __next__(self):
        if self.i >= self.n:
            raise StopIteration("end")
        self.i += 1
        return self.i


c = Count(3)
print(list(c), list(c), sum(c), max(c), 2 in c, 9 in c, [*c], tuple(c), set(c) == {1, 2, 3}, sorted(c, reverse=True), dict(zip(c, "abc")), ",".join(map(str, c)), any(x > 2 for x in c), all(c))
a, *b = c
print(a, b)
for x in c:
    for y in Count(2):
        print((x, y), end=" ")
print()


class Fails:
    def __iter__(self):
        return self

    def __next__(self):
        raise ValueError("in next")


show(list, Fails())
show(lambda: 1 in Fails())
show(lambda: max(Fails()))
show(lambda: [x for x in Fails()])


class ByIndex:
    def __getitem__(self, i):
        if i == 2:
            raise IndexError("done")
        return "ab"[i]


class KeyErr:
    def __getitem__(self, i):
        raise KeyError(i)


print(list(ByIndex()), "b" in ByIndex(), list(map(ord, ByIndex())))
show(list, KeyErr())
show(lambda: [x for x in 5])
show(lambda: [x for x in None])
show(lambda: list(object()))
def loop():
    for x in 3.5:
        pass


show(loop)
