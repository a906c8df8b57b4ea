"""Several classic recursive functions with different call shapes.

Kind: recursion
Origin: tak (I. Takeuchi, 1978), the Ackermann-Peter function (R. Peter, 1935), the towers of Hanoi (E. Lucas, 1883) and mutual recursion, as collected in the Gabriel Lisp benchmarks (1985)
Stresses: calls with one to four arguments, nested calls as arguments, default and keyword arguments, mutual recursion, recursion with side effects on lists
Test size: 4
"""

import sys

FULL_SIZE = 2_700


def tak(x, y, z):
    if y >= x:
        return z
    return tak(tak(x - 1, y, z), tak(y - 1, z, x), tak(z - 1, x, y))


def ackermann(m, n):
    if m == 0:
        return n + 1
    if n == 0:
        return ackermann(m - 1, 1)
    return ackermann(m - 1, ackermann(m, n - 1))


def hanoi(count, source, target, *, spare, pegs):
    """Moves `count` discs and returns the number of moves made."""
    if count == 0:
        return 0
    moves = hanoi(count - 1, source, spare, spare=target, pegs=pegs)
    pegs[target].append(pegs[source].pop())
    return moves + 1 + hanoi(count - 1, spare, target, spare=source, pegs=pegs)


def is_even(n):
    return True if n == 0 else is_odd(n - 1)


def is_odd(n):
    return False if n == 0 else is_even(n - 1)


def permutations(items, prefix=()):
    if not items:
        return 1 if prefix[0] < prefix[-1] else 0
    total = 0
    for i, item in enumerate(items):
        total += permutations(items[:i] + items[i + 1:], prefix + (item,))
    return total


def one_round(number):
    pegs = [list(range(8, 0, -1)), [], []]
    results = [
        tak(11, 7, 3 + number % 2),
        ackermann(2, 9 + number % 3),
        hanoi(8, 0, 2, spare=1, pegs=pegs),
        len(pegs[2]),
        sum(1 for n in range(60) if is_even(n)),
        permutations((0, 1, 2, 3, 4)),
    ]
    return results


def main():
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else FULL_SIZE
    checksum = 0
    last = None
    for number in range(rounds):
        last = one_round(number)
        for value in last:
            checksum = (checksum * 31 + value) % 1_000_003
    print("last round:", *last)
    print("checksum:", checksum)


if __name__ == "__main__":
    main()
