"""Adversary: one call site that meets every kind of callable, and operators whose operands never settle.

Kind: adversary
Origin: written for this suite, against specialised calls (PEP 659; PEP 590, the vectorcall protocol)
Stresses: CALL with functions, bound methods, builtins of every convention, classes, instances and closures; keyword and starred calls; super()
Test size: 190
"""

import sys

FULL_SIZE = 62_000


class Plain:
    def __init__(self, value):
        self.value = value

    def __int__(self):
        return self.value

    def method(self, n):
        return self.value + n


class Fancy(Plain):
    def __new__(cls, value):
        self = super().__new__(cls)
        self.made = True
        return self

    def method(self, n):
        return super().method(n) + self.made


class Functor:
    def __call__(self, n):
        return n + 17


class Wrapped:
    """A descriptor that hands out a fresh function for each access."""

    def __get__(self, instance, owner):
        return lambda n: n + instance.extra


class Host:
    wrapped = Wrapped()
    extra = 3

    def __getattr__(self, name):
        return lambda n: n + len(name)


def plain(n):
    return n + 1


def defaulted(n, a=2, *, b=3):
    return n + a + b


def starred(*args, **kwargs):
    return args[0] + len(args) + len(kwargs)


def generated(n):
    yield n + 5


def closure(k):
    def inner(n):
        return n + k
    return inner


def make_callables():
    host = Host()
    text = "abcdefghij"
    return [
        plain, defaulted, starred, closure(4), closure(9), lambda n: n ^ 1,
        Plain, Fancy, Functor(), Plain(6).method, Fancy(8).method,
        abs, int, float, str, bool, hash, type, range, repr, chr, bin, hex,
        host.wrapped, host.anything, generated, plain.__call__, Host.__getattr__.__get__(host),
        text.__getitem__, [5, 6, 7].count, (12).__add__, (1.5).__mul__,
        len, text.find, host,
    ]


def weigh(result):
    """Any result becomes a small integer."""
    if isinstance(result, (int, float)):
        return int(result)
    if isinstance(result, str):
        return len(result)
    if isinstance(result, range):
        return len(result)
    if isinstance(result, Plain):
        return int(result)
    if isinstance(result, type):
        return len(result.__name__)
    if hasattr(result, "__next__"):
        return next(result)
    return 1


def call(function, argument):
    return function(argument)


def call_keywords(function, n, flag):
    if flag == 0:
        return function(n, b=n)
    if flag == 1:
        return function(n, a=1, b=2)
    if flag == 2:
        return function(*(n, 3), **{"b": 1})
    return function(n=n) if function is defaulted else function(n, x=1)


def main():
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else FULL_SIZE
    callables = make_callables()
    total = failures = 0
    for i in range(rounds):
        for function in callables:
            try:
                total += weigh(call(function, i % 10))
            except (TypeError, AttributeError):
                failures += 1
        for flag in range(4):
            function = defaulted if (i + flag) % 3 else starred
            total += call_keywords(function, i, flag)
        total %= 1_000_003
    print("callables:", len(callables), "total:", total, "failures:", failures)


if __name__ == "__main__":
    main()
