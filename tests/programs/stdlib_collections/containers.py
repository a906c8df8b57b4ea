"""deque, Counter, defaultdict, OrderedDict, namedtuple, ChainMap."""
from collections import ChainMap, Counter, OrderedDict, UserDict, UserList, defaultdict, deque, namedtuple
d = deque([1, 2, 3], maxlen=3)
d.append(4)
d.appendleft(0)
d.rotate(1)
print(d, d[0], list(reversed(d)), d.maxlen, deque("abc").pop(), deque("abc") == deque("abc"))
c = Counter("mississippi")
print(c.most_common(2), c["z"], c + Counter("ss"), c - Counter("ssss"), sorted(c.elements())[:3], c.total())
g = defaultdict(list)
g["a"].append(1)
print(g, g.get("b"), dict(g))
o = OrderedDict(a=1, b=2)
o.move_to_end("a")
print(o, o.popitem(last=False), o == {"a": 1})
P = namedtuple("P", "x y", defaults=[5])
p = P(1)
print(p, p.x, p._replace(x=9), p._asdict(), P._fields, p == (1, 5), P(*[3, 4]))
print(ChainMap({"a": 1}, {"a": 2, "b": 3})["b"], UserDict(a=1), UserList([1]) + [2])
try:
    P(1, 2, 3)
except TypeError as error:
    print(error)
