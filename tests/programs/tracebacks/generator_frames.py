"""Frames of generators and yield from."""
def inner():
    yield 1
    raise ValueError("in the inner generator")


def outer():
    yield from inner()


def consume():
    for value in outer():
        print(value)


consume()
