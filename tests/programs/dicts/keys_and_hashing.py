"""Keys with custom __hash__ and __eq__; errors during look-up."""
def show(function, *args, **kwargs):
    try:
        print(repr(function(*args, **kwargs)))
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


class K:
    def __init__(self, name, h):
        self.name, self.h = name, h

    def __hash__(self):
        return self.h

    def __eq__(self, other):
        print(f"{self.name}=={other.name}", end=" ")
        return self.name == other.name

    def __repr__(self):
        return self.name


a, b, a2 = K("a", 1), K("b", 1), K("a", 1)
d = {a: 1}
d[b] = 2
d[a2] = 3
print(d, d[a], a2 in d)
print(next(iter(d)) is a)


class Raises:
    def __hash__(self):
        return 1

    def __eq__(self, other):
        raise ValueError("no eq")


show(lambda: d[Raises()])


class BadHash:
    def __hash__(self):
        raise TypeError("no hash today")


show(lambda: {BadHash(): 1})
show(lambda: {1: 2}.get(BadHash()))


class Sub(dict):
    def __getitem__(self, key):
        return "sub " + str(key)

    def __setitem__(self, key, value):
        super().__setitem__(key, ("wrapped", value))


s = Sub(a=1)
s["b"] = 2
s.update(c=3)
print(s["x"], s.get("a"), dict(s), {**s}, s)
