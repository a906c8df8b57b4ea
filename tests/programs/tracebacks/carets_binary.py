"""Carets under a binary operation in a longer line."""
def f(a, b, c):
    return a + b * c + (a / (b - b)) + c


f(1, 2, 3)
