"""Specialised generator iteration and send, with early exits."""
def numbers(n):
    for i in range(n):
        yield i


def delegate(n):
    result = yield from numbers(n)
    return result


def total(n, stop):
    t = 0
    for x in delegate(n):
        t += x
        if x == stop:
            break
    return t


for _ in range(100):
    total(5, -1)
print(total(1000, -1), total(1000, 10))


def accumulate():
    t = 0
    while True:
        x = yield t
        if x is None:
            return "finished"
        t += x


def outer():
    while True:
        r = yield from accumulate()
        yield r


o = outer()
next(o)
for i in range(200):
    value = o.send(i)
print(value, o.send(None), next(o), o.send(5))
o.close()


def nested(depth):
    if depth:
        yield depth
        yield from nested(depth - 1)
        yield -depth


for _ in range(50):
    list(nested(4))
print(list(nested(5)))


def fails(n):
    for i in numbers(n):
        if i == 3:
            raise KeyError(i)
        yield i


for _ in range(60):
    try:
        for x in fails(5):
            pass
    except KeyError as error:
        last = error.args, x
print(last)
it = numbers(3)
for x in it:
    for y in it:
        print(x, y)
