"""A free variable used before it is assigned, or after del."""
def show(function, *args, **kwargs):
    try:
        print(repr(function(*args, **kwargs)))
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


def early():
    def inner():
        return later
    value = inner
    show(inner)
    later = 1
    show(inner)
    del later
    show(inner)
    return value


early()


def deleted():
    x = 1
    def inner():
        nonlocal x
        del x
    inner()
    return x


show(deleted)
cell = (lambda x: lambda: x)(3).__closure__[0]
print(cell.cell_contents)
cell.cell_contents = 4
print(cell.cell_contents)
del cell.cell_contents
show(lambda: cell.cell_contents)
