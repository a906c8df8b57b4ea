"""One for loop over every kind of iterable."""
class It:
    def __init__(self):
        self.n = 0

    def __iter__(self):
        return self

    def __next__(self):
        self.n += 1
        if self.n > 3:
            raise StopIteration
        return self.n


def gen():
    yield "g1"
    yield "g2"


def collect(source):
    out = []
    for x in source:
        out.append(x)
    return out


for _ in range(100):
    collect([1, 2])
for source in [[1, 2], (3, 4), range(3), "ab", {"k": 1}, {5}, gen(), It(), (x for x in "pq"), zip("a", "b"), map(str, [1]), enumerate("z"), reversed([1, 2]), b"hi", {1: 2}.items(), iter([]), range(2 ** 70, 2 ** 70 + 2), range(0), []]:
    print(collect(source))
for bad in (5, None, int):
    try:
        collect(bad)
    except TypeError as error:
        print(error)


class L(list):
    def __iter__(self):
        return iter(["custom"])


for _ in range(50):
    collect(L([1]))
print(collect(L([1])), collect([9]))


def stops(n):
    for i in range(n):
        if i == 2:
            return i
        yield i


def consume(n):
    total = 0
    for i in stops(n):
        total += i
    return total


print([consume(n) for n in range(60)][-3:])
