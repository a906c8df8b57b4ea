"""NameError suggests a similar name."""
counter = 1


def f():
    colour = 2
    return conter + colour


f()
