"""Sieve of Eratosthenes, with an inner loop in Python rather than a slice assignment.

Kind: arrays
Origin: the Byte sieve (J. Gilbreath, A High-Level Language Benchmark, BYTE, September 1981)
Stresses: list stores in a while loop, range loops, boolean tests, bytearray indexing
Test size: 6000
"""

import sys

FULL_SIZE = 2_600_000


def sieve_list(limit):
    prime = [True] * (limit + 1)
    prime[0] = prime[1] = False
    p = 2
    while p * p <= limit:
        if prime[p]:
            multiple = p * p
            while multiple <= limit:
                prime[multiple] = False
                multiple += p
        p += 1
    count = 0
    last = None
    for n, flag in enumerate(prime):
        if flag:
            count += 1
            last = n
    return count, last


def sieve_bytes(limit):
    composite = bytearray(limit + 1)
    total = 0
    for n in range(2, limit + 1):
        if not composite[n]:
            total += n
            for multiple in range(n * n, limit + 1, n):
                composite[multiple] = 1
    return total


def twins(limit):
    """Twin primes by trial division over the primes found so far."""
    primes = [2, 3]
    pairs = 0
    for n in range(5, limit // 20, 2):
        for p in primes:
            if p * p > n:
                if n - primes[-1] == 2:
                    pairs += 1
                primes.append(n)
                break
            if not n % p:
                break
    return pairs


def main():
    limit = int(sys.argv[1]) if len(sys.argv) > 1 else FULL_SIZE
    print("primes:", *sieve_list(limit))
    print("sum:", sieve_bytes(limit))
    print("twins:", twins(limit))


if __name__ == "__main__":
    main()
