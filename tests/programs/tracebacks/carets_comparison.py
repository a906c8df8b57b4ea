"""Carets under a comparison and a unary operator."""
def compare(a, b):
    if a == 1 and a < b:
        return 1


def negate(x):
    return 1 + (-x)


try:
    negate("a")
except TypeError as error:
    compare(1, "b")
