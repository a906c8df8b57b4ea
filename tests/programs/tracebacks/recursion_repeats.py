"""Repeated frames are summarised."""
import sys
sys.setrecursionlimit(100)


def f(n):
    return g(n)


def g(n):
    return f(n + 1)


def h(n):
    return h(n + 1)


try:
    h(0)
except RecursionError as error:
    print(error)


def finite(n):
    if n == 0:
        raise ValueError("bottom")
    return finite(n - 1)


finite(20)
