"""Exceptions in decorators and defaults."""
def decorate(value):
    def apply(function):
        raise TypeError(f"cannot decorate {function.__name__}")
    return apply


@decorate(1)
def f(a=1):
    return a
