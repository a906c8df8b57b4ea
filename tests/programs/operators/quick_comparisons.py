"""Comparisons of tuples, texts and numbers in operators and in natives: what is equal, what is ordered, and what refuses."""
import heapq
import zlib

NAN = float("nan")


class Text(str):
    def __eq__(self, other):
        return "Text.__eq__"

    def __lt__(self, other):
        return True

    __hash__ = str.__hash__


class Pair(tuple):
    def __lt__(self, other):
        return NotImplemented

    def __eq__(self, other):
        return True

    __hash__ = tuple.__hash__


class Item:
    def __init__(self, rank):
        self.rank = rank

    def __lt__(self, other):
        return self.rank < other.rank

    def __repr__(self):
        return f"Item({self.rank})"


VALUES = [
    0, 1, True, -5, 2**61, 2**70, 0.0, -0.0, 1.0, 1.5, NAN, float("inf"), "", "a", "ab", "\u00e9", "\ud800", "\U0001f600", Text("a"), None,
    (), (1,), (1, 2), (1, 2, 3), (1.0, 2), (True, 2), (NAN,), (NAN, 1), (0.0,), (-0.0,), ("a", 1), ("a", 2), ("b",), ((1, 2), 3), ((1, 2), 4),
    ((1, "x"), 3), (2**61, 1), (2**70, 1), (Text("a"), 1), Pair((1, 2)), (Pair((1, 2)), 1), ([], 1), ([1], 1), (None, 1), ((((((((((1,),),),),),),),),),),
    ((((((((((2,),),),),),),),),),), [1, 2], [1, 3], [(1, 2), "a"], [(1, 2), "b"], b"a",
]

OPERATORS = {
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
    "==": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
}


def outcome(f, *args):
    try:
        return f(*args)
    except TypeError as error:
        return str(error)


def digest(outcomes):
    return zlib.crc32("\n".join(map(repr, outcomes)).encode("utf-8", "surrogatepass"))


for i, a in enumerate(VALUES):
    verdicts = [outcome(f, a, b) for b in VALUES for f in OPERATORS.values()]
    refused = sum(isinstance(v, str) for v in verdicts)
    print(i, verdicts.count(True), verdicts.count(False), refused, digest(verdicts), digest((a in [b], [b].count(a)) for b in VALUES), sep="|")

for i, a in enumerate(VALUES):
    found = []
    for b in VALUES:
        heap = [a]
        found.append((outcome(heapq.heappush, heap, b), heap[0] is a, outcome(min, a, b) is a, outcome(max, a, b) is a))
    print(i, digest(found))

jobs = [(n * 7919 % 13, n * 31 % 7, f"job{n % 5}") for n in range(200)]
heap = []
for job in jobs:
    heapq.heappush(heap, job)
print([heapq.heappop(heap) for _ in range(len(heap))] == sorted(jobs))
print(heapq.nsmallest(5, jobs), heapq.nlargest(5, jobs))
mixed = [(n % 3, float(n % 4) + 0.5, Item(n)) for n in range(40)]
heapq.heapify(mixed)
print([heapq.heappop(mixed) for _ in range(len(mixed))])
print(heapq.heappushpop([(1, "b"), (2, "a")], (1, "a")), heapq.heapreplace([(1, "b"), (2, "a")], (3,)))
print(outcome(heapq.heapify, [(1, None), (1, {}), (0, 0)]))
