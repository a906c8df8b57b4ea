"""Generators: a tree walked with yield from, a pipeline of filters, a sieve of generators, coroutines fed by send.

Kind: generators
Origin: the generators benchmark of pyperformance (tree traversal) and D. McIlroy's coroutine sieve as told by C. A. R. Hoare, Communicating Sequential Processes (CACM 21(8), 1978)
Stresses: suspension and resumption of frames, yield from chains, generator expressions, send() and close(), StopIteration values
Test size: 220
"""

import sys

FULL_SIZE = 90_000


class Node:
    def __init__(self, left, value, right):
        self.left = left
        self.value = value
        self.right = right

    def __iter__(self):
        if self.left is not None:
            yield from self.left
        yield self.value
        if self.right is not None:
            yield from self.right


def tree(low, high):
    if low >= high:
        return None
    middle = (low + high) // 2
    return Node(tree(low, middle), middle, tree(middle + 1, high))


def count_from(n):
    while True:
        yield n
        n += 1


def without_multiples(source, prime):
    for n in source:
        if n % prime:
            yield n


def primes(count):
    source = count_from(2)
    for _ in range(count):
        prime = next(source)
        yield prime
        source = without_multiples(source, prime)


def running_mean():
    total = count = 0
    mean = None
    while True:
        value = yield mean
        if value is None:
            return total, count
        total += value
        count += 1
        mean = total // count


def delegate(results):
    while True:
        result = yield from running_mean()
        results.append(result)


def take(source, count):
    for _, item in zip(range(count), source):
        yield item


def main():
    size = int(sys.argv[1]) if len(sys.argv) > 1 else FULL_SIZE
    root = tree(0, size)
    total = 0
    for _ in range(6):
        for value in root:
            total += value
    print("tree:", total)

    last = 0
    for last in primes(min(300, size // 10)):
        pass
    print("last prime:", last)

    results = []
    feeder = delegate(results)
    next(feeder)
    means = 0
    for i in range(size * 10):
        if i % 500 == 499:
            feeder.send(None)
        else:
            means += feeder.send(i * i % 1009)
    feeder.close()
    print("means:", means, "results:", len(results), results[-1:])

    squares = (n * n for n in count_from(1))
    odd = (n for n in squares if n % 2)
    small = (n % 1000 for n in take(odd, size * 8))
    print("pipeline:", sum(n for n in small if n > 500))


if __name__ == "__main__":
    main()
