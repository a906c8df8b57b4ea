"""Recursion through specialised calls reaches the limit cleanly."""
import sys


def f(n):
    return 0 if n == 0 else 1 + f(n - 1)


for _ in range(100):
    f(5)
print(f(500))
for attempt in range(3):
    try:
        f(10 ** 6)
    except RecursionError:
        print("limit", f(100))


class C:
    def __init__(self, n):
        self.child = C(n - 1) if n else None

    def depth(self):
        return 1 + self.child.depth() if self.child else 0


for _ in range(60):
    C(3).depth()
print(C(200).depth())
try:
    C(10 ** 6)
except RecursionError:
    print("in __init__")


class P:
    @property
    def p(self):
        return self.p


class G:
    def __getitem__(self, i):
        return self[i + 1]


for action in (lambda: P().p, lambda: G()[0]):
    for _ in range(3):
        try:
            action()
        except RecursionError:
            result = "caught"
    print(result)
