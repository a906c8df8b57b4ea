"""Integer loops: Collatz chains, Euclid's algorithm, a linear congruential generator, bit counting.

Kind: integer loops
Origin: the Collatz problem (L. Collatz, 1937), Euclid's algorithm, the MINSTD generator (S. Park and K. Miller, CACM 31(10), 1988)
Stresses: while loops, integer arithmetic, comparisons, augmented assignment, branches that are hard to predict
Test size: 270
"""

import sys

FULL_SIZE = 80_000


def longest_collatz(limit):
    best, best_start = 0, 1
    for start in range(1, limit // 4):
        n, steps = start, 0
        while n != 1:
            if n & 1:
                n = 3 * n + 1
            else:
                n >>= 1
            steps += 1
        if steps > best:
            best, best_start = steps, start
    return best_start, best


def gcd(a, b):
    while b:
        a, b = b, a % b
    return a


def coprime_pairs(limit):
    count = 0
    side = 1
    while side * side < limit * 4:
        side += 1
    for a in range(1, side):
        for b in range(1, a):
            if gcd(a, b) == 1:
                count += 1
    return count


def park_miller(seed, steps):
    state = seed
    low = 0
    for _ in range(steps):
        state = state * 16807 % 2147483647
        if state < 1073741824:
            low += 1
    return state, low


def population(limit):
    total = 0
    for n in range(limit):
        while n:
            n &= n - 1
            total += 1
    return total


def main():
    size = int(sys.argv[1]) if len(sys.argv) > 1 else FULL_SIZE
    print("collatz:", *longest_collatz(size))
    print("coprime:", coprime_pairs(size))
    print("minstd:", *park_miller(1, size * 30))
    print("bits:", population(size * 4))


if __name__ == "__main__":
    main()
