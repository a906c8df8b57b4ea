"""Adversary: sites that see one type long enough to specialise, then another, again and again.

Kind: adversary
Origin: written for this suite, against type-specialised instructions (S. Brunthaler, Inline Caching Meets Quickening, ECOOP 2010; PEP 659)
Stresses: guard failures and despecialisation of binary operations, comparisons, subscripts, iteration, truth tests and unpacking
Test size: 160
"""

import sys

FULL_SIZE = 52_000


class Money:
    def __init__(self, cents):
        self.cents = cents

    def __add__(self, other):
        return Money(self.cents + (other.cents if isinstance(other, Money) else other))

    __radd__ = __add__

    def __mul__(self, factor):
        return Money(self.cents * (factor.cents if isinstance(factor, Money) else factor) % 9973)

    def __lt__(self, other):
        return self.cents < other.cents

    def __eq__(self, other):
        return isinstance(other, Money) and self.cents == other.cents

    def __bool__(self):
        return self.cents % 2 == 0

    def __repr__(self):
        return f"Money({self.cents})"


class Ring:
    """A sequence that is not a list."""

    def __init__(self, items):
        self.items = items

    def __getitem__(self, i):
        return self.items[i % len(self.items)]

    def __setitem__(self, i, value):
        self.items[i % len(self.items)] = value

    def __iter__(self):
        return iter(self.items)

    def __len__(self):
        return len(self.items)

    def __contains__(self, item):
        return any(item == other for other in self.items)


def combine(a, b):
    return a + b


def smaller(a, b):
    return a if a < b else b


def rotate(sequence, n):
    for i in range(n):
        sequence[i % len(sequence)] = sequence[(i + 1) % len(sequence)]
    return sequence[0]


def count_true(items):
    count = 0
    for item in items:
        if item:
            count += 1
        if item == items[0]:
            count += 2
    return count


def swap_first_two(pair):
    first, second = pair
    return second, first


def contains(container, key):
    return key in container


OPERANDS = [
    (3, 4),
    (1.5, 2.25),
    ("ab", "cd"),
    ([1], [2, 3]),
    (10 ** 20, 10 ** 21),
    (Money(7), Money(9)),
    ((1,), (0, 2)),
    (True, 2),
    (1, 0.5),
]
SEQUENCES = [
    [1, 0, 2, 3],
    [0.0, 1.0, 0.5],
    Ring([3, 1, 0]),
    ["", "a", "b", "", "c"],
    {0: 5, 1: 0, 2: 7},
    [None, (), (1,), [], [0]],
    bytearray(b"\x00\x01\x02"),
]
PAIRS = [(1, 2), [3, 4], "xy", range(2), {5: 1, 6: 2}, (n for n in (7, 8)), b"pq"]
CONTAINERS = [{1, 2, 3}, {1: "a"}, [1, 2], (4, 1), range(3), Ring([1])]


def main():
    phases = int(sys.argv[1]) if len(sys.argv) > 1 else FULL_SIZE
    log = {}
    for phase in range(phases):
        # Phase lengths vary, to fall on both sides of any warm-up counter.
        length = (3, 9, 20, 60)[phase % 4]
        a, b = OPERANDS[phase % len(OPERANDS)]
        for _ in range(length):
            value = combine(a, b)
            least = smaller(b, a)
        log["combine", phase % len(OPERANDS)] = value
        log["smaller", phase % len(OPERANDS)] = least
        sequence = SEQUENCES[phase % len(SEQUENCES)]
        rotate(sequence, length)
        log["true", phase % len(SEQUENCES)] = count_true(sequence) if phase % 3 else len(sequence)
        pair = PAIRS[phase % len(PAIRS)]
        if hasattr(pair, "send"):
            pair = (phase, phase + 1)
        for _ in range(length):
            log["swap"] = swap_first_two(pair)
        container = CONTAINERS[phase % len(CONTAINERS)]
        hits = 0
        for k in range(length):
            hits += contains(container, k % 4)
        log["contains", phase % len(CONTAINERS)] = hits
    for key in sorted(log, key=repr):
        print(key, log[key])
    for sequence in SEQUENCES:
        print(sequence if not isinstance(sequence, Ring) else sequence.items)


if __name__ == "__main__":
    main()
