"""RecursionError is raised, caught, and its message."""
import sys


def down(n):
    return down(n + 1)


try:
    down(0)
except RecursionError as error:
    print(error)


class Loop:
    def __repr__(self):
        return repr(self)

    def __getattr__(self, name):
        return getattr(self, name + "x")

    def __eq__(self, other):
        return self == other

    def __call__(self):
        return self()

    def __iter__(self):
        return iter(self)


for action in (lambda: repr(Loop()), lambda: Loop().a, lambda: Loop() == 1, lambda: Loop()(), lambda: list(Loop()), lambda: str(Loop())):
    try:
        action()
    except RecursionError as error:
        print(type(error).__name__, str(error)[:32])


def mutual_a(n):
    return mutual_b(n)


def mutual_b(n):
    return mutual_a(n)


try:
    mutual_a(0)
except RecursionError:
    print("mutual")


def generator(n):
    yield from generator(n + 1)


try:
    next(generator(0))
except RecursionError:
    print("generator")


def depth(n=0):
    try:
        return depth(n + 1)
    except RecursionError:
        return n


print(900 < depth() < 1001)
print(sys.getrecursionlimit())
sys.setrecursionlimit(200)
print(100 < depth() < 201)
try:
    sys.setrecursionlimit(0)
except ValueError as error:
    print(error)
sys.setrecursionlimit(5000)
print(4000 < depth() < 5001)
