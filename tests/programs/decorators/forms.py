"""Decorators: order, arguments, classes, any expression."""
def trace(tag):
    def decorate(f):
        def wrapper(*args, **kwargs):
            print(tag, "call", args, kwargs)
            result = f(*args, **kwargs)
            print(tag, "return", result)
            return result
        wrapper.__name__ = f.__name__
        wrapper.__wrapped__ = f
        return wrapper
    return decorate


@trace("a")
@trace("b")
def add(x, y=1):
    return x + y


print(add(2, y=3), add.__name__)


def register(cls):
    cls.registered = True
    return cls


@register
class C:
    def __repr__(self):
        return "a C"

    @staticmethod
    @trace("static")
    def s(x):
        return x

    @trace("method")
    def m(self):
        return "m"

    @classmethod
    @trace("class")
    def c(cls):
        return cls.__name__


print(C.registered, C.s(1), C().m(), C.c())


class Counter:
    def __init__(self, f):
        self.f = f
        self.count = 0

    def __call__(self, *args):
        self.count += 1
        return self.f(*args)


@Counter
def double(x):
    return x * 2


print(double(2), double(3), double.count)
decorators = [lambda f: "zero", trace("list")]


@decorators[0]
def replaced():
    pass


@(lambda f: [f, "pair"])
def pair(): return 5


@len
@list
@range
@int
@(lambda f: "3")
def sized(): pass


print(replaced, pair[1], pair[0](), sized)
