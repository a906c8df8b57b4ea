"""Names that look special: __x__, _x, __x_, and mangling in unusual places."""
class A:
    __a = 1
    __b__ = 2
    _c = 3
    ___d = 4

    def f(self, __param=5):
        __local = __param
        return [__local, self.__a, self.__b__, self._c, self.___d]

    def g(self):
        class B:
            __a = "inner"
            def h(self):
                return self.__a
        return B().h(), sorted(k for k in vars(B) if "a" in k and "_B" in k)

    def h(self):
        return [__x for __x in range(2)], (lambda __y: __y)(3)

    def keyword(self, **kw):
        return kw

    def call(self):
        return self.keyword(__key=1)

    def strings(self):
        return getattr(self, "__a", "not mangled"), getattr(self, "_A__a")

    def store(self):
        self.__new_attribute = 1
        del self.__new_attribute
        global __g
        __g = 7
        try:
            __missing
        except NameError as error:
            return str(error)


class _B:
    __x = 1


class __C:
    __y = 2


a = A()
print(a.f(), a.g(), a.h(), a.call(), a.strings(), a.store())
print([k for k in vars(A) if "_A" in k], [k for k in vars(_B) if "x" in k], [k for k in vars(__C) if "y" in k], _A__g)
