"""Argument counts in methods include self and show the qualified name."""
def show(function, *args, **kwargs):
    try:
        print(repr(function(*args, **kwargs)))
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


class C:
    def method(self, a):
        return a

    @classmethod
    def of_class(cls):
        pass

    @staticmethod
    def static(a):
        pass

    def noself():
        pass

    class Inner:
        def deep(self):
            pass


c = C()
show(c.method)
show(c.method, 1, 2)
show(C.method)
show(C.method, c)
show(c.of_class, 1)
show(c.static)
show(c.noself)
show(C.Inner().deep, 1)
show(C, 1)


class D:
    def __init__(self, x):
        pass


show(D)
show(D, 1, 2)
show(D, y=1)
