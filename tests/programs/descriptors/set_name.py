"""__set_name__ is told the owner and the name."""
def show(function, *args, **kwargs):
    try:
        print(repr(function(*args, **kwargs)))
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


class Field:
    def __set_name__(self, owner, name):
        print("named", owner.__name__, name)
        self.name = name

    def __get__(self, instance, owner):
        if instance is None:
            return self
        return instance.__dict__.get(self.name, "unset")

    def __set__(self, instance, value):
        if not isinstance(value, int):
            raise TypeError(f"{self.name} must be int, not {type(value).__name__}")
        instance.__dict__[self.name] = value


class C:
    a = Field()
    b = c = Field()


x = C()
print(x.a)
x.a = 5
x.b = 6
print(x.a, x.c, x.__dict__)
show(lambda: setattr(x, "a", "s"))
C.late = Field()
print(hasattr(C.late, "name"))


class Broken:
    def __set_name__(self, owner, name):
        raise ValueError("no names here")


try:
    class Uses:
        broken = Broken()
except ValueError as error:
    print(error, error.__notes__)
