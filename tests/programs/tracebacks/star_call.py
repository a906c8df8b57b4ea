"""Errors of a call with stars."""
def f(a, b):
    return a


args = [1, 2, 3]
print(f(*args[:2]))
print(f(*args, **{}))
