"""__repr__, __str__, __format__, and which one is used where."""
def show(function, *args, **kwargs):
    try:
        print(repr(function(*args, **kwargs)))
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


class Both:
    def __repr__(self):
        return "<repr>"

    def __str__(self):
        return "<str>"

    def __format__(self, spec):
        return f"<format {spec!r}>"


class OnlyRepr:
    def __repr__(self):
        return "only"


b = Both()
print(b, repr(b), str(b), [b], (b,), {1: b}, f"{b}", f"{b!r}", f"{b!s:>8}", f"{b:xyz}", "%s %r" % (b, b))
print(format(b), format(b, "q"), "{} {!r} {:>5}".format(b, b, b))
o = OnlyRepr()
print(o, str(o), f"{o}")
show(lambda: f"{o:>10}")
show(lambda: format(o, "d"))


class Bad:
    def __repr__(self):
        return 5

    def __str__(self):
        return None

    def __format__(self, spec):
        return 1


show(lambda: repr(Bad()))
show(lambda: str(Bad()))
show(lambda: format(Bad()))
show(lambda: [Bad()])
