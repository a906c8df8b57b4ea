"""A shallow pair of functions."""
def even(n):
    if n < 0:
        raise ValueError(n)
    return odd(n - 1)


def odd(n):
    return even(n - 1)


even(5)
