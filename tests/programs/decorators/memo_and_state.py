"""Common decorators written by hand: memoise, retry, validate, once."""
def memoise(f):
    cache = {}

    def wrapper(*args):
        if args not in cache:
            cache[args] = f(*args)
        return cache[args]
    wrapper.cache = cache
    return wrapper


@memoise
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


print(fib(80), len(fib.cache))


def retry(times, *errors):
    def decorate(f):
        def wrapper(*args):
            for attempt in range(1, times + 1):
                try:
                    return f(*args)
                except errors as error:
                    print("attempt", attempt, error)
            return "gave up"
        return wrapper
    return decorate


tries = iter([0, 0, 2])


@retry(3, ZeroDivisionError)
def divide(n):
    return n // next(tries)


print(divide(10))


def validate(**types):
    def decorate(f):
        names = f.__code__.co_varnames[:f.__code__.co_argcount]

        def wrapper(*args):
            for name, value in zip(names, args):
                if name in types and not isinstance(value, types[name]):
                    raise TypeError(f"{name} must be {types[name].__name__}")
            return f(*args)
        return wrapper
    return decorate


@validate(a=int, b=str)
def show(a, b, c=None):
    return a, b, c


print(show(1, "x"))
try:
    show(1, 2)
except TypeError as error:
    print(error)


def once(f):
    done = False
    result = None

    def wrapper():
        nonlocal done, result
        if not done:
            result, done = f(), True
        return result
    return wrapper


@once
def setup():
    print("setting up")
    return 42


print(setup(), setup())


class cached_property:
    def __init__(self, f):
        self.f = f

    def __set_name__(self, owner, name):
        self.name = name

    def __get__(self, instance, owner):
        if instance is None:
            return self
        value = instance.__dict__[self.name] = self.f(instance)
        return value


class Data:
    @cached_property
    def heavy(self):
        print("computing")
        return 7


d = Data()
print(d.heavy, d.heavy, d.__dict__)
