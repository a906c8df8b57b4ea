"""Which metaclass is chosen."""
def show(function, *args, **kwargs):
    try:
        print(repr(function(*args, **kwargs)))
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


class M1(type): pass
class M2(M1): pass
class M3(type): pass
class A(metaclass=M1): pass
class B(metaclass=M2): pass
class C(metaclass=M3): pass
class AB(A, B): pass


print(type(AB).__name__, type(type("X", (A,), {})).__name__, type(type("Y", (B, A), {})).__name__)
show(lambda: type("Z", (A, C), {}))


def function_meta(name, bases, namespace):
    print("made by function", name)
    return (name, bases, "x" in namespace)


class F(metaclass=function_meta):
    x = 1


print(F)


def bad():
    class G(metaclass=5):
        pass


show(bad)


def unexpected():
    class H(option=1):
        pass


show(unexpected)


class Weird:
    def __mro_entries__(self, bases):
        print("mro_entries", len(bases))
        return (A,)


class I(Weird()):
    pass


print(I.__bases__, I.__orig_bases__[0].__class__.__name__)


class BadPrepare(type):
    @classmethod
    def __prepare__(mcls, name, bases):
        return 5


def prepare():
    class J(metaclass=BadPrepare):
        pass


show(prepare)


class CustomMro(type):
    def mro(cls):
        return [cls, A, object]


class K(metaclass=CustomMro):
    pass


print([c.__name__ for c in K.__mro__])


class Order(dict):
    def __setitem__(self, key, value):
        if not key.startswith("__"):
            print("define", key)
        super().__setitem__(key, value)


class Ordered(type):
    @classmethod
    def __prepare__(mcls, name, bases):
        return Order()


class L(metaclass=Ordered):
    b = 1
    a = 2
    def c(self): pass
