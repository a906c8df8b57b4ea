"""An exception in a generator's finally while it is closed by hand."""
def g():
    try:
        yield 1
    finally:
        raise KeyError("in finally")


it = g()
next(it)
it.close()
