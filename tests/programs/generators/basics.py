"""Generators: laziness, state, exhaustion, attributes."""
def g(n):
    print("start")
    for i in range(n):
        print("before", i)
        yield i
    print("end")
    return "value"


it = g(2)
print(type(it).__name__, iter(it) is it, it.__name__, it.__qualname__)
print(next(it), it.gi_running, it.gi_frame is not None, it.gi_yieldfrom)
print(next(it))
try:
    next(it)
except StopIteration as stop:
    print("stop", stop.value, repr(stop))
print(next(it, "default"), it.gi_frame, list(it))


def empty():
    return
    yield


print(list(empty()))
def infinite():
    n = 0
    while True:
        yield n
        n += 1


print([x for x, _ in zip(infinite(), range(5))])
print(sum(x * x for x in range(4)), list(x for x in "ab"), (y for y in ()).__name__)
def both():
    x = yield
    print("got", x)
    y = yield x
    print("got", y)
    return y


b = both()
print(next(b), b.send(5))
try:
    b.send(6)
except StopIteration as stop:
    print(stop.value)
