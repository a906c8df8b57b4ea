"""Frames of lambdas, generator expressions and comprehensions."""
divide = lambda a, b: a / b


def use():
    return list(divide(1, n) for n in [1, 0])


def also():
    return [divide(1, m) for m in (2, 0)]


try:
    use()
except ZeroDivisionError:
    also()
