"""Docstrings of modules, functions, classes; what counts as one."""
print(__doc__)


def f():
    """  one
    two
        three
    """


def g():
    f"not {1} a docstring"


def h():
    "con" "cat"


def i():
    b"bytes"


def j():
    x = 1
    "late"


class C:
    '''class doc'''
    def m(self): "method doc"


class D(C): pass


class E:
    __doc__ = "assigned"


async def a(): "async doc"


print(repr(f.__doc__), g.__doc__, h.__doc__, i.__doc__, j.__doc__, C.__doc__, C.m.__doc__, D.__doc__, E.__doc__, a.__doc__, (lambda: "x").__doc__)
C.__doc__ = "changed"
f.__doc__ = 5
print(C.__doc__, f.__doc__, len.__doc__ is not None, int.__doc__[:3])
