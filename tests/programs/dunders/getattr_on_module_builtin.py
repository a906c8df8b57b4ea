"""getattr, setattr, hasattr, delattr with defaults and errors."""
def show(function, *args, **kwargs):
    try:
        print(repr(function(*args, **kwargs)))
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


class C:
    x = 1

    @property
    def boom(self):
        raise ValueError("not an attribute error")


c = C()
print(getattr(c, "x"), getattr(c, "y", None), hasattr(c, "x"), hasattr(c, "y"))
setattr(c, "not an identifier", 5)
print(getattr(c, "not an identifier"), vars(c))
delattr(c, "not an identifier")
show(hasattr, c, "boom")
show(getattr, c, "boom", 1)
show(getattr, c, "z")
show(delattr, c, "x")
show(delattr, c, "z")
show(delattr, C, "z")
show(getattr, C, "z")
show(hasattr, c, 5)
show(setattr, c, 5, 5)
show(getattr, c, "x", 1, 2)
show(lambda: c.boom)
