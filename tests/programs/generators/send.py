"""send() and its errors."""
def show(function, *args, **kwargs):
    try:
        print(repr(function(*args, **kwargs)))
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


def averager():
    total = count = 0
    average = None
    while True:
        value = yield average
        total += value
        count += 1
        average = total / count


a = averager()
show(a.send, 5)
next(a)
print(a.send(10), a.send(20), a.send(30))
show(a.send)
show(a.send, "x")
show(a.send, 1)
g = (x for x in range(3))
print(g.send(None))
print(g.send("ignored"))


def reentrant():
    yield next(me)


me = reentrant()
show(next, me)


def echo():
    received = []
    while len(received) < 3:
        received.append((yield len(received)))
    return received


e = echo()
print(next(e), e.send("a"), e.send("b"))
show(e.send, "c")
