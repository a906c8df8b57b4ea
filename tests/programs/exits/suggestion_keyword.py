"""TypeError suggests a similar keyword argument."""
def f(value, option=1):
    return value


f(1, optoin=2)
