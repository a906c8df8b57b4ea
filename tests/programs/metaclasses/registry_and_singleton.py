"""Typical metaclass uses."""
class Registry(type):
    classes = {}

    def __new__(mcls, name, bases, namespace):
        cls = super().__new__(mcls, name, bases, namespace)
        if bases:
            mcls.classes[name.lower()] = cls
        return cls


class Plugin(metaclass=Registry):
    def run(self):
        return type(self).__name__


class Foo(Plugin): pass
class Bar(Plugin): pass


print(sorted(Registry.classes), Registry.classes["foo"]().run())


class Singleton(type):
    instances = {}

    def __call__(cls, *args, **kwargs):
        if cls not in cls.instances:
            cls.instances[cls] = super().__call__(*args, **kwargs)
        return cls.instances[cls]


class S(metaclass=Singleton):
    def __init__(self, v):
        self.v = v


print(S(1) is S(2), S(3).v)


class Abstract(type):
    def __call__(cls, *args):
        missing = [n for n in dir(cls) if getattr(getattr(cls, n), "abstract", False)]
        if missing:
            raise TypeError(f"abstract: {missing}")
        return super().__call__(*args)


def abstract(f):
    f.abstract = True
    return f


class Base(metaclass=Abstract):
    @abstract
    def go(self): ...


class Impl(Base):
    def go(self):
        return "went"


print(Impl().go())
try:
    Base()
except TypeError as error:
    print(error)


class EnumMeta(type):
    def __new__(mcls, name, bases, ns):
        members = {k: v for k, v in ns.items() if not k.startswith("_") and not callable(v)}
        cls = super().__new__(mcls, name, bases, {k: v for k, v in ns.items() if k not in members})
        cls._members = {}
        for k, v in members.items():
            m = object.__new__(cls)
            m.name, m.value = k, v
            cls._members[k] = m
            setattr(cls, k, m)
        return cls

    def __iter__(cls):
        return iter(cls._members.values())

    def __getitem__(cls, k):
        return cls._members[k]


class Color(metaclass=EnumMeta):
    RED = 1
    BLUE = 2

    def __repr__(self):
        return f"Color.{self.name}"


print(list(Color), Color.RED, Color["BLUE"].value)
