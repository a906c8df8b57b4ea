"""Private names are mangled with the class's name."""
class A:
    __secret = 1

    def __init__(self):
        self.__x = 2

    def get(self):
        return self.__secret, self.__x

    def __method(self):
        return "private"

    def call(self):
        return self.__method()

    def parameter(self, __p=3):
        __local = __p
        return __local, list(locals())

    __dunder__ = 4


class _Under(A):
    __secret = 5


a = A()
print(a.get(), a._A__secret, a._A__x, a.call(), a.parameter(), A.__dunder__)
print(_Under().get(), _Under._Under__secret)
print(sorted(k for k in A.__dict__ if "secret" in k or "method" in k))
try:
    a.__x
except AttributeError as error:
    print(error)
print(A.parameter.__code__.co_varnames)
