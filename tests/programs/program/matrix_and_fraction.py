"""A small program: rational numbers and Gaussian elimination."""
def gcd(a, b):
    while b:
        a, b = b, a % b
    return abs(a)


class Q:
    __slots__ = ("n", "d")

    def __init__(self, n, d=1):
        if d == 0:
            raise ZeroDivisionError(f"Q({n}, 0)")
        g = gcd(n, d) or 1
        if d < 0:
            g = -g
        self.n, self.d = n // g, d // g

    def _coerce(f):
        def wrapper(self, other):
            if isinstance(other, int):
                other = Q(other)
            if not isinstance(other, Q):
                return NotImplemented
            return f(self, other)
        return wrapper

    @_coerce
    def __add__(self, o): return Q(self.n * o.d + o.n * self.d, self.d * o.d)
    @_coerce
    def __sub__(self, o): return Q(self.n * o.d - o.n * self.d, self.d * o.d)
    @_coerce
    def __mul__(self, o): return Q(self.n * o.n, self.d * o.d)
    @_coerce
    def __truediv__(self, o): return Q(self.n * o.d, self.d * o.n)
    @_coerce
    def __eq__(self, o): return self.n == o.n and self.d == o.d
    @_coerce
    def __lt__(self, o): return self.n * o.d < o.n * self.d
    __radd__ = __add__
    __rmul__ = __mul__

    def __rsub__(self, o): return -(self - o)
    def __neg__(self): return Q(-self.n, self.d)
    def __bool__(self): return self.n != 0
    def __hash__(self): return hash((self.n, self.d))
    def __repr__(self): return f"{self.n}/{self.d}" if self.d != 1 else str(self.n)


def solve(matrix, right):
    rows = [[Q(x) for x in row] + [Q(r)] for row, r in zip(matrix, right)]
    n = len(rows)
    for i in range(n):
        pivot = next((r for r in range(i, n) if rows[r][i]), None)
        if pivot is None:
            raise ValueError("singular")
        rows[i], rows[pivot] = rows[pivot], rows[i]
        rows[i] = [x / rows[i][i] for x in rows[i]]
        for r in range(n):
            if r != i:
                factor = rows[r][i]
                rows[r] = [x - factor * y for x, y in zip(rows[r], rows[i])]
    return [row[-1] for row in rows]


print(solve([[2, 1], [1, 3]], [3, 5]), solve([[0, 2, 1], [1, -1, 0], [3, 0, -2]], [1, 2, 3]))
print(Q(1, 2) + 1, 1 + Q(1, 2), 1 - Q(1, 3), Q(2, 4) == Q(1, 2), Q(3) * Q(-1, -6), sum([Q(1, 2), Q(1, 3)]), sorted([Q(1, 2), Q(1, 3)]), {Q(2, 4): "half"}[Q(1, 2)])
for bad in (lambda: Q(1, 0), lambda: Q(1) / 0, lambda: solve([[1, 1], [1, 1]], [1, 2]), lambda: Q(1) + "a", lambda: Q(1) < 1.5):
    try:
        bad()
    except (ZeroDivisionError, ValueError, TypeError) as error:
        print(type(error).__name__, error)
