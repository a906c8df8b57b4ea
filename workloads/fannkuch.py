"""Pancake flipping over all permutations.

Kind: arrays
Origin: K. R. Anderson and D. Rettig, Performing Lisp analysis of the FANNKUCH benchmark (ACM SIGPLAN Lisp Pointers, 1994); also in the Computer Language Benchmarks Game
Stresses: list slices and slice assignment, swaps, nested while loops over small integers
Test size: 6
"""

import sys

FULL_SIZE = 9


def flips_by_slices(permutation):
    work = permutation[:]
    flips = 0
    first = work[0]
    while first:
        work[:first + 1] = work[first::-1]
        flips += 1
        first = work[0]
    return flips


def flips_by_swaps(permutation):
    work = permutation[:]
    flips = 0
    while (last := work[0]) != 0:
        start = 0
        while start < last:
            work[start], work[last] = work[last], work[start]
            start += 1
            last -= 1
        flips += 1
    return flips


def fannkuch(n, count_flips):
    permutation = list(range(n))
    counters = [0] * n
    most_flips = checksum = parity = 0
    r = n
    while True:
        while r != 1:
            counters[r - 1] = r
            r -= 1

        if permutation[0]:
            flips = count_flips(permutation)
            if flips > most_flips:
                most_flips = flips
            checksum += -flips if parity else flips

        while True:
            if r == n:
                return checksum, most_flips
            head = permutation[0]
            i = 0
            while i < r:
                permutation[i] = permutation[i + 1]
                i += 1
            permutation[r] = head
            counters[r] -= 1
            if counters[r] > 0:
                break
            r += 1
        parity ^= 1


def main():
    n = int(sys.argv[1]) if len(sys.argv) > 1 else FULL_SIZE
    for count_flips in (flips_by_slices, flips_by_swaps):
        checksum, flips = fannkuch(n, count_flips)
        print(checksum)
        print(f"Pfannkuchen({n}) = {flips}")


if __name__ == "__main__":
    main()
