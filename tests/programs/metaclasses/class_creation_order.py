"""Everything that happens in a class statement, in order."""
def log(text, value=None):
    print(text)
    return value


class Meta(type):
    @classmethod
    def __prepare__(m, name, bases, **kw):
        log("prepare")
        return {}

    def __new__(m, name, bases, ns, **kw):
        log("meta new")
        cls = super().__new__(m, name, bases, ns)
        log("meta new done")
        return cls

    def __init__(cls, name, bases, ns, **kw):
        log("meta init")
        super().__init__(name, bases, ns)


class Base:
    def __init_subclass__(cls, **kw):
        log(f"init_subclass {kw} has class cell: {cls.f(cls) is cls}")


class Field:
    def __set_name__(self, owner, name):
        log(f"set_name {name}")


@log("decorator", lambda cls: log("decorate", cls))
class C(log("base", Base), metaclass=log("metaclass", Meta), k=log("keyword", 1)):
    log("body")
    a = Field()

    def f(self):
        return __class__
    b = Field()


print(C.f(None) is C)
C2 = type("C2", (Base,), {"f": lambda cls: cls, "x": Field()})
