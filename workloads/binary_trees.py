"""Many short-lived binary trees beside one long-lived tree.

Kind: allocation and garbage
Origin: binary-trees of the Computer Language Benchmarks Game, after GCBench (J. Ellis, P. Kovac and H.-J. Boehm, 1997)
Stresses: allocation of small objects and tuples, recursive construction and traversal, reclaiming of garbage
Test size: 8
"""

import sys

FULL_SIZE = 15

SMALLEST = 4


class Tree:
    __slots__ = ("left", "right")

    def __init__(self, left, right):
        self.left = left
        self.right = right

    def check(self):
        if self.left is None:
            return 1
        return 1 + self.left.check() + self.right.check()


def grow(depth):
    if depth == 0:
        return Tree(None, None)
    return Tree(grow(depth - 1), grow(depth - 1))


def grow_tuple(depth):
    return (grow_tuple(depth - 1), grow_tuple(depth - 1)) if depth else ()


def check_tuple(tree):
    return 1 + check_tuple(tree[0]) + check_tuple(tree[1]) if tree else 1


def main():
    deepest = int(sys.argv[1]) if len(sys.argv) > 1 else FULL_SIZE
    deepest = max(deepest, SMALLEST)
    print(f"stretch tree of depth {deepest + 1}\t check: {grow(deepest + 1).check()}")
    long_lived = grow(deepest)
    for depth in range(SMALLEST, deepest + 1, 4):
        count = 1 << (deepest - depth + SMALLEST)
        total = 0
        for _ in range(count):
            total += grow(depth).check()
        print(f"{count}\t trees of depth {depth}\t check: {total}")
    total = 0
    for _ in range(4):
        total += check_tuple(grow_tuple(deepest))
    print("tuples:", total)
    print(f"long lived tree of depth {deepest}\t check: {long_lived.check()}")


if __name__ == "__main__":
    main()
