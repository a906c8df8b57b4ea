"""Attributes of builtins cannot be set."""
def show(function, *args, **kwargs):
    try:
        print(repr(function(*args, **kwargs)))
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


show(lambda: setattr(int, "x", 1))
show(lambda: setattr(5, "x", 1))
show(lambda: setattr([], "x", 1))
show(lambda: setattr(object(), "x", 1))
show(lambda: setattr(len, "x", 1))
show(lambda: setattr(None, "x", 1))
show(lambda: delattr(int, "bit_length"))
show(lambda: setattr("", "upper", 1))
show(lambda: setattr((1).__add__, "x", 1))
show(lambda: setattr([].append, "x", 1))
show(lambda: setattr(lambda: 0, "x", 1))
show(lambda: int.__dict__.update({}))
show(lambda: int.__dict__.__setitem__("a", 1))
show(lambda: (5).missing)
show(lambda: (5).real.missing)
show(lambda: setattr(5, "real", 1))
show(lambda: [].missing)
show(lambda: None.missing)
show(lambda: int.missing)
show(lambda: delattr(5, "missing"))
show(lambda: setattr(1j, "imag", 1))
