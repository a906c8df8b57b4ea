"""StopIteration inside generators becomes RuntimeError."""
def show(function, *args, **kwargs):
    try:
        print(repr(function(*args, **kwargs)))
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


def g():
    raise StopIteration("x")
    yield


def h():
    yield next(iter([]))


try:
    next(g())
except RuntimeError as error:
    print(error, repr(error.__cause__), repr(error.__context__))
show(lambda: list(h()))
show(lambda: [next(iter([])) for _ in range(2)])


def plain():
    return next(iter(()))


show(plain)
print(list(map(lambda f: f, [1])), next(iter([]), "default"))
show(lambda: list(map(lambda x: next(iter([])), [1, 2])))
show(lambda: list(next(iter([])) for _ in range(3)))
