"""An exception through several functions."""
def inner(values):
    total = 0
    for value in values:
        total += 10 // value
    return total


def middle(values):
    return inner(values) + 1


def outer():
    return middle([5, 2, 0])


outer()
