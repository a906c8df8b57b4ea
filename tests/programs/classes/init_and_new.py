"""__new__ and __init__, and what they may return."""
def show(function, *args, **kwargs):
    try:
        print(repr(function(*args, **kwargs)))
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


class A:
    def __new__(cls, *args):
        print("new", cls.__name__, args)
        return super().__new__(cls)

    def __init__(self, *args):
        print("init", args)


class Other:
    def __new__(cls):
        return 5

    def __init__(self):
        print("never")


class Bad:
    def __init__(self):
        return 1


class Plain:
    pass


class OnlyInit:
    def __init__(self, x):
        self.x = x


class Number(int):
    def __new__(cls, value):
        return super().__new__(cls, value * 2)


A(1, 2)
print(Other())
show(Bad)
show(Plain, 1)
show(Plain, x=1)
show(object, 1)
show(OnlyInit)
show(lambda: object.__new__(int))
show(lambda: object.__new__(5))
show(lambda: int.__new__(str))
print(Number(4), type(Number(4)).__name__, Number(4) + 1)
