"""__cause__, __context__ and __suppress_context__."""
def describe(error):
    print(repr(error), "cause", repr(error.__cause__), "context", repr(error.__context__), error.__suppress_context__)


try:
    try:
        1 / 0
    except ZeroDivisionError:
        raise KeyError("second")
except KeyError as error:
    describe(error)
try:
    try:
        1 / 0
    except ZeroDivisionError as first:
        raise KeyError("second") from first
except KeyError as error:
    describe(error)
try:
    try:
        1 / 0
    except ZeroDivisionError:
        raise KeyError("hidden") from None
except KeyError as error:
    describe(error)
try:
    try:
        raise ValueError("a")
    finally:
        raise TypeError("b")
except TypeError as error:
    describe(error)
try:
    try:
        raise ValueError("same")
    except ValueError as e:
        raise e
except ValueError as error:
    describe(error)
e = ValueError("x")
e.__cause__ = KeyError("set")
describe(e)
try:
    e.__cause__ = 5
except TypeError as error:
    print(error)
try:
    e.__context__ = "a"
except TypeError as error:
    print(error)


def deep(n):
    try:
        raise ValueError(n)
    except ValueError:
        if n:
            deep(n - 1)
        raise


try:
    deep(2)
except ValueError as error:
    describe(error)
