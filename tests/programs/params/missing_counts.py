"""How many arguments are missing, and how they are listed."""
def show(function, *args, **kwargs):
    try:
        print(repr(function(*args, **kwargs)))
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


def one(a): pass
def two(a, b): pass
def three(a, b, c): pass
def four(a, b, c, d): pass
def none(): pass
def some(a, b=1): pass
def many(a, b=1, *, c): pass


for function in (one, two, three, four):
    show(function)
show(three, 1)
show(none, 1)
show(none, 1, 2)
show(some, 1, 2, 3)
show(one, 1, 2)
show(many, 1, 2, 3, c=4)
show(many, 1, 2, 3)
show(none, x=1)
show(one, 1, x=1)
show(three, b=1)
