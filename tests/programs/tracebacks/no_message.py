"""Exceptions without arguments, with None, with a tuple."""
try:
    raise ValueError
except ValueError:
    try:
        raise ValueError(None)
    except ValueError:
        raise ValueError((1, 2), "x")
