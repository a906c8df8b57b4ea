"""Digits of pi, by a streaming spigot and by Rabinowitz and Wagon's array spigot.

Kind: big integers
Origin: J. Gibbons, Unbounded Spigot Algorithms for the Digits of Pi (AMM 113(4), 2006); S. Rabinowitz and S. Wagon, A Spigot Algorithm for the Digits of Pi (AMM 102(3), 1995); pidigits of the Computer Language Benchmarks Game
Stresses: big-integer multiplication, addition and floor division with growing numbers; the array spigot stays in small integers
Test size: 120
"""

import sys

FULL_SIZE = 1_800


def streaming():
    """Yields the digits one by one, from a linear fractional transformation."""
    q, r, t, k, n, l = 1, 0, 1, 1, 3, 3
    while True:
        if 4 * q + r - t < n * t:
            yield n
            q, r, n = 10 * q, 10 * (r - n * t), 10 * (3 * q + r) // t - 10 * n
        else:
            q, r, t, k, n, l = q * k, (2 * q + r) * l, t * l, k + 1, (q * (7 * k + 2) + r * l) // (t * l), l + 2


def array_spigot(count):
    length = 10 * count // 3 + 2
    remainders = [2] * length
    digits = []
    held = 0
    nines = 0
    for _ in range(count + 1):
        carry = 0
        for i in range(length - 1, 0, -1):
            value = remainders[i] * 10 + carry * (i + 1)
            carry, remainders[i] = divmod(value, 2 * i + 1)
        value = remainders[0] * 10 + carry
        carry, remainders[0] = divmod(value, 10)
        if carry == 9:
            nines += 1
        elif carry == 10:
            digits.append(held + 1)
            digits.extend([0] * nines)
            held = nines = 0
        else:
            digits.append(held)
            digits.extend([9] * nines)
            held, nines = carry, 0
    return digits[1:]


def machin(count):
    """The same digits from Machin's formula, in fixed point."""
    unity = 10 ** (count + 10)

    def arc_cotangent(x):
        total = term = unity // x
        n, sign, square = 3, -1, x * x
        while term:
            term //= square
            total += sign * (term // n)
            sign, n = -sign, n + 2
        return total

    return 4 * (4 * arc_cotangent(5) - arc_cotangent(239)) // 10 ** 10


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else FULL_SIZE
    stream = streaming()
    digits = [next(stream) for _ in range(count)]
    for start in range(0, count, 10):
        if start < 50 or start + 20 > count:
            print("".join(map(str, digits[start:start + 10])).ljust(10), f":{min(start + 10, count)}")
    spigot = array_spigot(count // 2)
    print("spigot agrees:", spigot == digits[:len(spigot)], len(spigot))
    print("machin agrees:", machin(count - 1) % 10 ** 10 == int("".join(map(str, digits[-10:]))))


if __name__ == "__main__":
    main()
