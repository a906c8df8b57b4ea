"""__init_subclass__ and its keyword arguments."""
def show(function, *args, **kwargs):
    try:
        print(repr(function(*args, **kwargs)))
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


class Base:
    subs = []

    def __init_subclass__(cls, /, tag=None, **kwargs):
        super().__init_subclass__(**kwargs)
        cls.tag = tag
        Base.subs.append(cls.__name__)
        print("init_subclass", cls.__name__, tag)


class A(Base, tag="a"):
    pass


class B(A):
    pass


class Mixin:
    def __init_subclass__(cls, extra=0, **kwargs):
        super().__init_subclass__(**kwargs)
        cls.extra = extra


class C(Mixin, Base, tag="c", extra=5):
    pass


print(Base.subs, A.tag, B.tag, C.tag, C.extra)


def bad():
    class D(A, nope=1):
        pass


show(bad)


class Strict:
    def __init_subclass__(cls):
        if not hasattr(cls, "required"):
            raise TypeError(f"{cls.__name__} lacks required")


def lacking():
    class E(Strict):
        pass


show(lacking)


class F(Strict):
    required = True


print(F.required, type("G", (Base,), {}, tag="made").tag)
print(Base.__dict__["__init_subclass__"].__class__.__name__)
