"""Positional parameters and defaults, evaluated once."""
def show(function, *args, **kwargs):
    try:
        print(repr(function(*args, **kwargs)))
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


def f(a, b=2, c=3):
    return a, b, c


show(f, 1)
show(f, 1, 20)
show(f, 1, c=30)
show(f, c=1, b=2, a=3)
show(f)
show(f, 1, 2, 3, 4)
show(f, 1, a=2)
show(f, 1, d=4)
show(f, b=1)


def grow(item, into=[]):
    into.append(item)
    return into


print(grow(1), grow(2), grow(3, []), grow(4))
print(f.__defaults__, f.__kwdefaults__)
