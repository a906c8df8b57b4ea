"""*args and **kwargs: collecting."""
def show(function, *args, **kwargs):
    try:
        print(repr(function(*args, **kwargs)))
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


def f(*args, **kwargs):
    return args, kwargs


def g(a, *rest, key=None, **others):
    return a, rest, key, others


show(f)
show(f, 1, 2, x=3)
show(g, 1)
show(g, 1, 2, 3, key=4, z=5)
show(g)
show(g, 1, a=2)
args, kwargs = f(*[1, 2], **{"k": 3})
kwargs["new"] = 1
print(type(args), type(kwargs), kwargs, f())
