"""__getattr__, __getattribute__, __setattr__ and __delattr__."""
def show(function, *args, **kwargs):
    try:
        print(repr(function(*args, **kwargs)))
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


class Fallback:
    present = 1

    def __getattr__(self, name):
        if name.startswith("x"):
            return f"made {name}"
        raise AttributeError(f"no {name} here")


class Everything:
    def __getattribute__(self, name):
        if name == "real":
            return object.__getattribute__(self, "__dict__")
        return name.upper()


class Both:
    def __getattribute__(self, name):
        raise AttributeError("first")

    def __getattr__(self, name):
        return "second " + name


class Guard:
    def __setattr__(self, name, value):
        print("set", name, value)
        super().__setattr__(name, value)

    def __delattr__(self, name):
        print("del", name)
        object.__delattr__(self, name)


f = Fallback()
print(f.present, f.xyz, hasattr(f, "abc"), getattr(f, "abc", "default"))
show(lambda: f.abc)
e = Everything()
e.value = 3
print(e.anything, e.value, e.real)
print(Both().q)
g = Guard()
g.a = 1
del g.a
show(lambda: delattr(g, "a"))


class Prop:
    @property
    def p(self):
        raise AttributeError("inside")

    def __getattr__(self, name):
        return "fallback for " + name


print(Prop().p)
