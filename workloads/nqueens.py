"""The n queens problem, solved three ways.

Kind: search
Origin: M. Bezzel's puzzle (1848); backtracking after E. W. Dijkstra, Notes on Structured Programming (1972); also in pyperformance
Stresses: recursion with lists, set membership, generators, bit operations
Test size: 7
"""

import sys

FULL_SIZE = 11


def by_lists(n, row, columns, rising, falling):
    if row == n:
        return 1
    count = 0
    for column in range(n):
        up = row + column
        down = row - column + n - 1
        if columns[column] and rising[up] and falling[down]:
            columns[column] = rising[up] = falling[down] = False
            count += by_lists(n, row + 1, columns, rising, falling)
            columns[column] = rising[up] = falling[down] = True
    return count


def by_bits(full, columns, left, right):
    if columns == full:
        return 1
    count = 0
    free = full & ~(columns | left | right)
    while free:
        bit = free & -free
        free ^= bit
        count += by_bits(full, columns | bit, (left | bit) << 1, (right | bit) >> 1)
    return count


def placements(n, row=0, taken=frozenset(), placed=()):
    """Yields every solution as a tuple of columns."""
    if row == n:
        yield placed
        return
    for column in range(n):
        if column in taken:
            continue
        for other, where in enumerate(placed):
            if abs(column - where) == row - other:
                break
        else:
            yield from placements(n, row + 1, taken | {column}, placed + (column,))


def main():
    n = int(sys.argv[1]) if len(sys.argv) > 1 else FULL_SIZE
    print("lists:", by_lists(n, 0, [True] * n, [True] * (2 * n), [True] * (2 * n)))
    print("bits:", by_bits((1 << n) - 1, 0, 0, 0))
    checksum = count = 0
    for solution in placements(n):
        count += 1
        for column in solution:
            checksum = (checksum * 11 + column) % 999_983
    print("generators:", count, checksum)


if __name__ == "__main__":
    main()
