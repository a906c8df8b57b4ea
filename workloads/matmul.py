"""Dense matrix product, LU decomposition and transposition on lists of lists.

Kind: arrays
Origin: the dense kernels of SciMark 2.0 (R. Pozo and B. Miller, NIST, 2000), here in integers and floats
Stresses: nested subscripts, triple loops, list comprehension, operator overloading in a small matrix class
Test size: 17
"""

import sys

FULL_SIZE = 165


class Matrix:
    def __init__(self, rows):
        self.rows = rows

    @classmethod
    def make(cls, size, function):
        return cls([[function(i, j) for j in range(size)] for i in range(size)])

    def __len__(self):
        return len(self.rows)

    def __getitem__(self, position):
        i, j = position
        return self.rows[i][j]

    def __setitem__(self, position, value):
        i, j = position
        self.rows[i][j] = value

    def __matmul__(self, other):
        size = len(self)
        a, b = self.rows, other.rows
        result = []
        for i in range(size):
            row_a = a[i]
            row = []
            for j in range(size):
                total = 0
                for k in range(size):
                    total += row_a[k] * b[k][j]
                row.append(total)
            result.append(row)
        return Matrix(result)

    def __sub__(self, other):
        return Matrix([[x - y for x, y in zip(p, q)] for p, q in zip(self.rows, other.rows)])

    def transpose(self):
        size = len(self)
        return Matrix([[self.rows[j][i] for j in range(size)] for i in range(size)])

    def trace(self):
        total = 0
        for i in range(len(self)):
            total += self[i, i]
        return total


def decompose(matrix):
    """In-place LU decomposition without pivoting, through the overloaded subscripts."""
    size = len(matrix)
    for k in range(size):
        pivot = matrix[k, k]
        for i in range(k + 1, size):
            factor = matrix[i, k] / pivot
            matrix[i, k] = factor
            row, pivot_row = matrix.rows[i], matrix.rows[k]
            for j in range(k + 1, size):
                row[j] -= factor * pivot_row[j]
    return matrix


def main():
    size = int(sys.argv[1]) if len(sys.argv) > 1 else FULL_SIZE
    a = Matrix.make(size, lambda i, j: (i * 7 + j * 3) % 11 - 5)
    b = Matrix.make(size, lambda i, j: (i * 5 - j * 2) % 13 - 6)
    c = a @ b
    d = (b.transpose() @ a.transpose()).transpose() - c
    print("trace:", c.trace(), "difference:", sum(sum(row) for row in d.rows))
    f = Matrix.make(size, lambda i, j: size + 1.0 if i == j else 1.0 / (i + j + 1))
    g = f @ f
    print(f"float trace: {g.trace():.10g}")
    lu = decompose(f)
    product = 1.0
    for i in range(size):
        product *= lu[i, i] / (size + 1.0)
    print(f"scaled determinant: {product:.12f}")
    print("corner:", c[0, size - 1], f"{lu[size - 1, 0]:.12f}")


if __name__ == "__main__":
    main()
