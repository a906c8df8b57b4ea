"""Naive doubly recursive Fibonacci.

Kind: recursion
Origin: the fib micro-benchmark of the Gabriel tradition (R. P. Gabriel, Performance and Evaluation of Lisp Systems, 1985)
Stresses: calls and returns of a small function, a global look-up, small-integer compare, add and subtract
Test size: 20
"""

import sys

FULL_SIZE = 34


def fib(n):
    if n < 2:
        return n
    return fib(n - 1) + fib(n - 2)


def main():
    n = int(sys.argv[1]) if len(sys.argv) > 1 else FULL_SIZE
    print(f"fib({n}) = {fib(n)}")


if __name__ == "__main__":
    main()
