"""The frame of the caller is the last when arguments do not match."""
def f(a, b, *, c):
    return a


def g():
    return f(1,
             c=2)


g()
