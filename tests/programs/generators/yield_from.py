"""Delegation: values, send, throw, return."""
def show(function, *args, **kwargs):
    try:
        print(repr(function(*args, **kwargs)))
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


def inner():
    try:
        x = yield "a"
        print("inner got", x)
        y = yield "b"
        print("inner got", y)
    except ValueError as error:
        print("inner caught", error)
        yield "recovered"
    return "result"


def outer():
    value = yield from inner()
    print("outer got", value)
    yield from [1, 2]
    yield from "xy"
    return "done"


o = outer()
print(next(o), o.gi_yieldfrom.__name__, o.send("one"), o.send("two"), list(o))
o = outer()
print(next(o), o.throw(ValueError("v")), next(o), next(o))


def bad():
    yield from 5


show(lambda: list(bad()))


def to_list():
    yield from [1, 2]


t = to_list()
next(t)
show(t.send, 5)
t = to_list()
next(t)
show(t.throw, KeyError("k"))
def tree(n):
    if n:
        yield from tree(n - 1)
        yield n
        yield from tree(n - 1)


print(list(tree(3)))


def closing():
    try:
        yield 1
    finally:
        print("inner closed")


def wrapper():
    try:
        yield from closing()
    finally:
        print("outer closed")


w = wrapper()
next(w)
w.close()


def stop():
    x = yield from (i for i in range(2))
    yield x


print(list(stop()))
