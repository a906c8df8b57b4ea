"""Spectral norm of an infinite matrix, by the power method.

Kind: floating point
Origin: spectral-norm of the Computer Language Benchmarks Game, from a problem of N. Trefethen's Hundred-Dollar, Hundred-Digit Challenge (SIAM News, 2002)
Stresses: calls of a tiny function in a double loop, mixed integer and float arithmetic, list building by comprehension
Test size: 15
"""

import sys

FULL_SIZE = 340


def element(i, j):
    return 1.0 / ((i + j) * (i + j + 1) // 2 + i + 1)


def multiply(vector):
    size = len(vector)
    result = []
    for i in range(size):
        total = 0.0
        for j in range(size):
            total += element(i, j) * vector[j]
        result.append(total)
    return result


def multiply_transposed(vector):
    indices = range(len(vector))
    return [sum(element(j, i) * vector[j] for j in indices) for i in indices]


def spectral_norm(size):
    u = [1.0] * size
    v = u
    for _ in range(10):
        v = multiply_transposed(multiply(u))
        u = multiply_transposed(multiply(v))
    uv = vv = 0.0
    for a, b in zip(u, v):
        uv += a * b
        vv += b * b
    return (uv / vv) ** 0.5


def main():
    size = int(sys.argv[1]) if len(sys.argv) > 1 else FULL_SIZE
    print(f"{spectral_norm(size):.9f}")


if __name__ == "__main__":
    main()
