"""The usual iterator building blocks, written with generators."""
def count(start=0, step=1):
    while True:
        yield start
        start += step


def take(n, it):
    return [x for _, x in zip(range(n), it)]


def chain(*its):
    for it in its:
        yield from it


def cycle(it):
    saved = []
    for x in it:
        yield x
        saved.append(x)
    while saved:
        yield from saved


def accumulate(it, f=lambda a, b: a + b):
    it = iter(it)
    try:
        total = next(it)
    except StopIteration:
        return
    yield total
    for x in it:
        total = f(total, x)
        yield total


def groupby(it, key=lambda x: x):
    group, last = [], object()
    for x in it:
        k = key(x)
        if group and k != last:
            yield last, group
            group = []
        group.append(x)
        last = k
    if group:
        yield last, group


def product(*pools):
    if not pools:
        yield ()
        return
    first, *rest = pools
    for x in first:
        for tail in product(*rest):
            yield (x, *tail)


def permutations(items, r=None):
    items = tuple(items)
    r = len(items) if r is None else r
    if r == 0:
        yield ()
        return
    for i, x in enumerate(items):
        for tail in permutations(items[:i] + items[i + 1:], r - 1):
            yield (x, *tail)


def combinations(items, r):
    if r == 0:
        yield ()
    else:
        for i in range(len(items)):
            for tail in combinations(items[i + 1:], r - 1):
                yield (items[i], *tail)


def tee(it, n=2):
    it = iter(it)
    buffers = [[] for _ in range(n)]

    def reader(buffer):
        while True:
            if not buffer:
                try:
                    x = next(it)
                except StopIteration:
                    return
                for b in buffers:
                    b.append(x)
            yield buffer.pop(0)
    return tuple(reader(b) for b in buffers)


def pairwise(it):
    a, b = tee(it)
    next(b, None)
    return zip(a, b)


def zip_longest(*its, fill=None):
    its = [iter(i) for i in its]
    while True:
        row, alive = [], False
        for i in its:
            try:
                row.append(next(i))
                alive = True
            except StopIteration:
                row.append(fill)
        if not alive:
            return
        yield tuple(row)


print(take(3, count(5, 2)), list(chain("ab", [1])), take(5, cycle("xy")), list(accumulate([1, 2, 3])), list(accumulate([3, 1, 2], max)), list(accumulate([])))
print(list(groupby("aabbba")), list(groupby(range(6), lambda x: x // 3)), list(product("ab", [1, 2])), list(permutations("abc", 2)), list(combinations("abcd", 2)))
print(list(pairwise([1, 2, 3])), list(zip_longest("abc", [1], fill="-")), [list(t) for t in tee([1, 2])], len(list(permutations(range(5)))))
