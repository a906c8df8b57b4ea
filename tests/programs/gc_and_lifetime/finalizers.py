# __del__ and the clean-up of abandoned generators happen when the last reference goes, and at the end of the program.
class A:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("del", self.name)


a = A(1)
del a
print("after del")
a = A(2)
a = None
print("after rebinding")


def local():
    x, y = A(3), A(4)
    print("in local")


local()
print("after local")
A(5)
print("after a temporary")
d = {1: A(6)}
d.pop(1)
print("after pop")
s = {A(7)}
s.clear()
print("after clear")
outer = A("outer")
outer.inner = A("inner")
del outer
print("after outer")
cycle = A("cycle")
cycle.itself = cycle
del cycle
print("cycles wait for the collector")
import gc

gc.collect()
print("collected")


class Phoenix:
    kept = []

    def __del__(self):
        print("rises")
        Phoenix.kept.append(self)


p = Phoenix()
del p
print(len(Phoenix.kept))
Phoenix.kept.clear()
print("finalized only once")


class L(list):
    def __del__(self):
        print("list subclass", len(self))


L([1, 2])
print("--- generators")


def g(name):
    try:
        yield 1
        yield 2
    finally:
        print("finally", name)


for x in g("break"):
    break
print("after break")
it = g("del")
next(it)
del it
print("after del")
next(g("temporary"))
g("not started")
print("not started: nothing")


def holder():
    it = g("local")
    next(it)


holder()
print("after holder")


class Manager:
    def __enter__(self):
        print("enter")

    def __exit__(self, *exc):
        print("exit", exc[0])


def managed():
    with Manager():
        yield


m = managed()
next(m)
m = None
print("after managed")


async def agen():
    try:
        yield 1
    finally:
        print("async finally")


ag = agen()
try:
    ag.__anext__().send(None)
except StopIteration as e:
    print(e.value)
del ag
print("--- errors are shown, not raised")


class Fails:
    def __call__(self):
        raise ValueError("in __del__")

    def __repr__(self):
        return "<fails>"


class Bad:
    __del__ = Fails()


Bad()
print("goes on")


def log_deaths():
    log = []

    class B:
        def __del__(self):
            log.append("gone")

    b = B()
    del b
    print(len(log))
    b = B()
    b = 1
    return len(log)


print(log_deaths())
last = A("at exit")
also = A("at exit too")
still = g("generator at exit")
next(still)
print("end")
