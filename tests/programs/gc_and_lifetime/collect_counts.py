"""What gc.collect() returns: the objects in dead cycles and those only they refer to, as far as the collector knows them."""
import gc


class Node:
    pass


class Slotted:
    __slots__ = ("a", "b")


class Finalized:
    def __del__(self):
        print("finalizing", self.name)


def ring(size):
    first = current = Node()
    for _ in range(size - 1):
        following = Node()
        current.next, following.previous = following, current
        current = following
    current.next = first


gc.collect()
for size in 1, 2, 21, 500:
    ring(size)
    print("ring of", size, gc.collect(), gc.collect())

for _ in range(10):
    ring(30)
print("ten rings", gc.collect())

chain = Node()
for _ in range(50):
    link = Node()
    link.next = chain
    chain = link
del chain, link
print("a chain is no cycle", gc.collect())

own = []
own.append(own)
del own
print("list", gc.collect())

own = {}
own["self"] = own
del own
print("dict", gc.collect())

own = [[], {}, {"a": 1}, {"b": []}, (1, [2]), "text" * 3, 2.5, 1 << 80, b"bytes", {3}, frozenset([4]), range(5)]
own.append(own)
del own
print("what a cycle holds", gc.collect())

s = Slotted()
s.a, s.b = s, [s]
del s
print("slots", gc.collect())


def closure():
    def inner():
        return inner

    return inner


closure()
print("closure", gc.collect())


def finalized():
    x, y = Finalized(), Finalized()
    x.name, y.name = "x", "y"
    x.me = x
    y.x = x


finalized()
print("finalizers", gc.collect())
print("nothing left", gc.collect())

ring(5)
print("keyword", gc.collect(generation=2))
gc.disable()
for _ in range(30):
    ring(10)
print("switched off", gc.isenabled(), gc.collect())
gc.enable()
print("switched on", gc.isenabled())

for bad in 3, -1:
    try:
        gc.collect(bad)
    except ValueError as error:
        print(error)
try:
    gc.collect("all")
except TypeError as error:
    print(error)

values = 1, "a", [], {}, {"a": 1}, {"a": []}, (), Node(), Node, len, closure, object(), 1.5, b"x", {1}, frozenset(), range(3), iter([])
print([gc.is_tracked(value) for value in values])
