"""__subclasshook__, __instancecheck__ and virtual subclasses without abc."""
class Interface(type):
    def __instancecheck__(cls, o):
        return cls.__subclasscheck__(type(o))

    def __subclasscheck__(cls, sub):
        if cls is Sized:
            return any("__len__" in vars(c) for c in sub.__mro__)
        return super().__subclasscheck__(sub)


class Sized(metaclass=Interface):
    pass


class Has:
    def __len__(self):
        return 0


class Inherits(Has):
    pass


class HasNot:
    pass


print(isinstance(Has(), Sized), isinstance(Inherits(), Sized), isinstance(HasNot(), Sized), issubclass(list, Sized), issubclass(int, Sized), isinstance("s", Sized))


class Strict(type):
    registry = set()

    def register(cls, sub):
        cls.registry.add(sub)
        return sub

    def __subclasscheck__(cls, sub):
        return any(c in cls.registry for c in sub.__mro__) or super().__subclasscheck__(sub)

    def __instancecheck__(cls, o):
        return issubclass(type(o), cls)


class Number(metaclass=Strict):
    pass


@Number.register
class Mine:
    pass


Number.register(int)
print(isinstance(5, Number), isinstance(True, Number), isinstance(Mine(), Number), isinstance(1.5, Number), issubclass(Mine, Number))
