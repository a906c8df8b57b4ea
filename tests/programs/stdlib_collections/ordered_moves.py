"""OrderedDict against a list as its model: keys move to either end, come and go; named tuples and other tuples in sorting and heaps."""
import heapq
import random
from collections import OrderedDict, namedtuple

random.seed(5)


def step(d, model, k, operation, at):
    if operation < 3 and k in d:
        d.move_to_end(k, last=False)
        model.remove(k)
        model.insert(0, k)
    elif operation == 3 and k in d:
        d.move_to_end(k)
        model.remove(k)
        model.append(k)
    elif operation == 4 and k in d:
        del d[k]
        model.remove(k)
    elif operation == 5 and d:
        assert d.popitem(last=False)[0] == model.pop(0)
    elif operation == 6 and d:
        assert d.popitem()[0] == model.pop()
    elif k not in d:
        d[k] = at
        model.append(k)


for size in 1, 2, 5, 30, 300, 1200:
    d, model = OrderedDict(), []
    for at in range(size * 12):
        step(d, model, random.randrange(size), random.choice((0, 1, 2, 3, 4, 7, 7) if size > 100 else range(8)), at)
        if at % 37 == 0:
            assert list(d) == model and list(reversed(d)) == model[::-1]
    assert list(d) == model and len(d) == len(model)
    print(size, len(d), sum(d.values()), hash(tuple(d)))

d = OrderedDict.fromkeys(range(10))
for k in 9, 8, 7, 9, 0:
    d.move_to_end(k, last=False)
print(d, d.copy(), dict(d), OrderedDict(d) == d, list(d.items())[:2])
try:
    d.move_to_end("absent", last=False)
except KeyError as error:
    print(repr(error))
d.clear()
d["a"] = 1
d.move_to_end("a", last=False)
print(d)

queue = {i: i for i in range(200)}
order = []
while queue:
    k = next(iter(queue))
    del queue[k]
    order.append(k)
    if k < 200 and k % 3 == 0:
        queue[k + 200] = k
print(order[:5], order[-5:], len(order))

Pair = namedtuple("Pair", "a b")


class ByB(Pair):
    def __lt__(self, other):
        return self.b < other.b


class Plain(tuple):
    pass


for kind in Pair, ByB, lambda a, b: Plain((a, b)):
    items = [kind(i * 7 % 5, i * 3 % 4) for i in range(20)]
    print(sorted(items) == sorted(map(tuple, items)), min(items), max(items), heapq.nsmallest(3, items))
    print(items[0] < items[1], items[0] > items[1], items[0] == items[5], items[0] != items[1], items[0] == tuple(items[0]))
    heapq.heapify(items)
    print([heapq.heappop(items) for _ in range(len(items))])
