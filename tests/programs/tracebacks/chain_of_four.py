"""Cause and context mixed, four deep."""
def a():
    raise KeyError("a")


def b():
    try:
        a()
    except KeyError as error:
        raise ValueError("b") from error


def c():
    try:
        b()
    except ValueError:
        raise TypeError("c")


def d():
    try:
        c()
    except TypeError as error:
        raise RuntimeError("d") from error


d()
