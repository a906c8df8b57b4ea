"""Functions made by functions: counters, composition, memoisation, Church numerals, a pipeline of lambdas.

Kind: closures
Origin: Church numerals (A. Church, 1930s) and the accumulator generator (P. Graham, Revenge of the Nerds, 2002)
Stresses: cell variables, nonlocal, function creation, calls through variables, *args and **kwargs forwarding, decorators
Test size: 150
"""

import sys

FULL_SIZE = 40_000


def accumulator(total):
    def add(amount):
        nonlocal total
        total += amount
        return total
    return add


def counted(function):
    def wrapper(*args, **kwargs):
        wrapper.calls += 1
        return function(*args, **kwargs)
    wrapper.calls = 0
    return wrapper


def memoised(function):
    cache = {}

    def wrapper(n):
        if n in cache:
            return cache[n]
        result = cache[n] = function(n)
        return result

    wrapper.cache = cache
    return wrapper


@memoised
def partitions(n):
    """The number of partitions of n, by Euler's pentagonal numbers."""
    if n < 0:
        return 0
    if n == 0:
        return 1
    total, k = 0, 1
    while True:
        pentagonal = k * (3 * k - 1) // 2
        if pentagonal > n:
            return total
        sign = -1 if k % 2 == 0 else 1
        total += sign * (partitions(n - pentagonal) + partitions(n - pentagonal - k))
        k += 1


def compose(*functions):
    def composed(x):
        for function in functions:
            x = function(x)
        return x
    return composed


def church(n):
    def numeral(f):
        def apply(x):
            for _ in range(n):
                x = f(x)
            return x
        return apply
    return numeral


def church_add(m, n):
    return lambda f: lambda x: m(f)(n(f)(x))


def church_multiply(m, n):
    return lambda f: m(n(f))


def church_value(n):
    return n(lambda x: x + 1)(0)


@counted
def blend(a, b, *rest, scale=1, **options):
    return (a - b + sum(rest)) * scale + options.get("bias", 0)


def main():
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else FULL_SIZE
    adders = [accumulator(i) for i in range(10)]
    pipeline = compose(*[lambda x, k=k: (x * k + 1) % 10_007 for k in range(2, 12)])
    value, total = 1, 0
    for i in range(rounds):
        for adder in adders:
            total = adder(i % 7)
        for _ in range(5):
            value = pipeline(value)
        product = church_multiply(church(i % 5), church_add(church(3), church(i % 4)))
        total += church_value(product)
        for j in range(8):
            value += blend(i, j, 1, 2, scale=3, bias=j) % 3
        value += partitions(i % 60)
        value %= 1_000_003
    print("pipeline:", value, "total:", total)
    print("accumulators:", [adder(0) for adder in adders])
    print("calls:", blend.calls, "cached:", len(partitions.cache))


if __name__ == "__main__":
    main()
