"""Defaults, code and keyword defaults change after the call was specialised."""
def f(a, b=2):
    return a, b


def g(a, b=3):
    return "g", a, b


def call():
    return f(1)


for _ in range(100):
    call()
print(call())
f.__defaults__ = (20,)
print(call())
f.__code__ = g.__code__
print(call())
f.__defaults__ = None
try:
    call()
except TypeError as error:
    print(error)
f.__defaults__ = (7,)
print(call())


def f(a):
    return "new f"


print(call())


def k(*, x=1):
    return x


def call_k():
    return k()


for _ in range(100):
    call_k()
k.__kwdefaults__["x"] = 5
print(call_k())
k.__kwdefaults__ = None
try:
    call_k()
except TypeError as error:
    print(error)


class C:
    def __init__(self, v=1):
        self.v = v


def make():
    return C().v


for _ in range(100):
    make()
print(make())
C.__init__.__defaults__ = (9,)
print(make())
C.__init__ = lambda self: setattr(self, "v", "lambda")
print(make())
C.__new__ = lambda cls: type("X", (), {"v": "from new"})()
print(make())
del C.__new__
print(make())
