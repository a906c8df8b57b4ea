"""repr of types, functions, modules and special objects without addresses."""
import sys
print(int, str, type, object, type(None), type(...), type(NotImplemented), list, dict, Exception, ValueError, type(len), type(lambda: 0), type(sys))
print(len, print, sys, abs.__name__, [].append.__class__, str.upper, int.__add__, dict.fromkeys.__name__, type(int.real), type(type.__dict__))
print(slice(1), range(2), Ellipsis, NotImplemented, type(iter([])), type((i for i in ())), type({}.keys()), type(zip()), property, classmethod, staticmethod, super)


class C:
    class D:
        pass

    def m(self):
        pass


def f():
    class L:
        pass
    return L


print(C, C.D, f(), C.__name__, C.D.__qualname__, f().__qualname__, C.m.__qualname__, type(C().m), type(C.m))
print(type(sys._getframe()), type(f.__code__), type(C.__dict__), type(C.__dict__["m"]), type(sys.flags).__name__, type(sys.version_info).__name__)
print(type(int | str), type(list[int]), BaseException, type(ValueError("x")), __builtins__.__name__ if hasattr(__builtins__, "__name__") else "dict", __name__)
print(repr(f)[:12], repr(C())[:20], repr(C().m)[:16], repr(lambda: 0)[:20], repr([].append)[:36], repr(iter([]))[:22], repr((i for i in ()))[:27])
