"""functools and operator."""
import operator
from functools import cache, cached_property, cmp_to_key, lru_cache, partial, reduce, singledispatch, total_ordering, wraps


@lru_cache(maxsize=2)
def f(x):
    print("computing", x)
    return x * 2


print(f(1), f(1), f(2), f(3), f(1), f.cache_info())


@cache
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


print(fib(100), partial(int, base=2)("11"), reduce(operator.add, [1, 2, 3], 10), sorted([3, 1], key=cmp_to_key(lambda a, b: b - a)))


@total_ordering
class T:
    def __init__(self, n): self.n = n
    def __eq__(self, o): return self.n == o.n
    def __lt__(self, o): return self.n < o.n
    @cached_property
    def heavy(self):
        print("once")
        return self.n


print(T(1) >= T(0), T(1) <= T(1), (t := T(5)).heavy, t.heavy)


@singledispatch
def kind(x): return "object"
@kind.register
def _(x: int): return "int"
@kind.register(list)
def _(x): return "list"
print(kind(1), kind([]), kind("s"), kind(True))


def deco(g):
    @wraps(g)
    def inner(*a): return g(*a)
    return inner


@deco
def named(): "doc"
print(named.__name__, named.__doc__, operator.itemgetter(1, 0)("ab"), operator.attrgetter("real")(5), operator.methodcaller("upper")("x"))
