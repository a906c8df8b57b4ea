"""A class, not an instance, is raised after a handled chain."""
def f():
    try:
        raise ValueError("first")
    except ValueError:
        raise KeyError("second")


try:
    f()
except KeyError as error:
    print(repr(error.__context__))
raise ArithmeticError
