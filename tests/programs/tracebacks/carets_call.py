"""Carets under a call among others."""
def g(n):
    return n


def f():
    return g(1) + g("a").upper() + str(g(2)).nope() + g(3)


f()
