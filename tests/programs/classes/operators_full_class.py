"""A vector class with most of the special methods."""
def show(function, *args, **kwargs):
    try:
        print(repr(function(*args, **kwargs)))
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


class V:
    def __init__(self, *c): self.c = c
    def __repr__(self): return f"V{self.c}"
    def __add__(self, o): return V(*[a + b for a, b in zip(self.c, o.c, strict=True)]) if isinstance(o, V) else NotImplemented
    def __sub__(self, o): return self + -o
    def __mul__(self, k): return V(*[a * k for a in self.c]) if isinstance(k, (int, float)) else NotImplemented
    __rmul__ = __mul__
    def __matmul__(self, o): return sum(a * b for a, b in zip(self.c, o.c))
    def __neg__(self): return V(*[-a for a in self.c])
    def __abs__(self): return (self @ self) ** 0.5
    def __bool__(self): return any(self.c)
    def __eq__(self, o): return isinstance(o, V) and self.c == o.c
    def __hash__(self): return hash(self.c)
    def __lt__(self, o): return abs(self) < abs(o)
    def __len__(self): return len(self.c)
    def __getitem__(self, i): return V(*self.c[i]) if isinstance(i, slice) else self.c[i]
    def __iter__(self): return iter(self.c)
    def __contains__(self, x): return x in self.c
    def __call__(self, f): return V(*map(f, self.c))
    def __round__(self, n=0): return V(*[round(a, n) for a in self.c])
    def __divmod__(self, k): return V(*[a // k for a in self.c]), V(*[a % k for a in self.c])
    def __pow__(self, n, m=None): return V(*[pow(a, n, m) for a in self.c])
    def __format__(self, spec): return "<" + ", ".join(format(a, spec) for a in self.c) + ">"
    def __reversed__(self): return V(*self.c[::-1])
    def __iadd__(self, o): self.c = (self + o).c; return self
    def __lshift__(self, o): return V(*self.c, o)
    def __invert__(self): return V(*self.c[::-1])
    def __complex__(self): return complex(*self.c[:2])


a, b = V(1, 2, 3), V(4, 5, 6)
print(a + b, a - b, a * 2, 2 * a, a @ b, -a, abs(V(3, 4)), bool(V(0, 0)), a == V(1, 2, 3), a != b, hash(a) == hash(V(1, 2, 3)), a < b, b > a)
print(len(a), a[0], a[1:], list(a), 2 in a, a(lambda x: x * 10), round(V(1.26, 2.74), 1), divmod(b, 4), a ** 2, pow(a, 2, 3), f"{a:.1f}", reversed(a), a << 9, ~a, complex(a), max(a, b), sorted([b, a]), {a: 1}[V(1, 2, 3)])
c = a
c += b
x, y, z = c
print(c is a, x, y, z, sum(a), [*a], V(*a) == a)
show(lambda: a + 1)
show(lambda: 1 + a)
show(lambda: a * a)
show(lambda: a + V(1))
show(lambda: a[9])
show(lambda: a <= b)
