"""What object provides."""
def show(function, *args, **kwargs):
    try:
        print(repr(function(*args, **kwargs)))
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


class C:
    pass


o = C()
print(o == o, o != C(), hash(o) == hash(o), repr(o).startswith("<__main__.C object at 0x"), str(o) == repr(o), o.__class__.__name__, o.__doc__, o.__module__, o.__dict__)
print(object.__eq__(1, 1), object.__eq__(1, 2), object.__ne__(1, 1), object.__repr__(5)[:15], object.__str__("a"), object.__hash__(o) == hash(o), object.__lt__(1, 2), object.__init__(o), object.__subclasshook__(int), object.__init_subclass__())
print(format(o)[:9])
show(format, o, "x")
show(lambda: o < o)
show(lambda: o.missing)
show(lambda: o + o)
show(lambda: o[0])
show(lambda: o())
show(lambda: len(o))
show(lambda: iter(o))
show(lambda: -o)
show(lambda: int(o))
show(lambda: o.__dict__.missing)
show(lambda: C.missing)
show(lambda: object().x)
show(lambda: setattr(object(), "x", 1))
print(o.__reduce_ex__(2)[0].__name__, o.__sizeof__() > 0, o.__dir__()[:2], C.__weakref__ is not None, o.__getstate__())
