"""Everything raise accepts and refuses."""
def show(function, *args, **kwargs):
    try:
        print(repr(function(*args, **kwargs)))
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


def raiser(value):
    raise value


def raise_from(value, cause):
    raise value from cause


show(raiser, ValueError)
show(raiser, ValueError("v"))
show(raiser, 5)
show(raiser, "text")
show(raiser, None)
show(raiser, int)
show(raise_from, ValueError, 5)
show(raise_from, ValueError, KeyError)


class Picky(Exception):
    def __init__(self, a):
        super().__init__(f"picky {a}")


show(raiser, Picky)


class NotException:
    def __new__(cls):
        return 5


def bare():
    raise


show(bare)


class Makes(Exception):
    def __new__(cls, *args):
        return 5


show(raiser, Makes)


def except_bad():
    try:
        raise ValueError("v")
    except 5:
        pass


def except_tuple():
    try:
        raise ValueError("v")
    except (int, "a"):
        pass


show(except_bad)
show(except_tuple)


def nested_tuple():
    try:
        raise KeyError("k")
    except ((IndexError,), KeyError):
        return "caught"


show(nested_tuple)
