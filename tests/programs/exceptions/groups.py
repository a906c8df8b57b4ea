"""ExceptionGroup: construction, split, subgroup, derive."""
def show(function, *args, **kwargs):
    try:
        print(repr(function(*args, **kwargs)))
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


eg = ExceptionGroup("top", [ValueError(1), ExceptionGroup("nested", [TypeError(2), ValueError(3)]), KeyError(4)])
print(eg, repr(eg), eg.message, len(eg.exceptions))
print(repr(eg.subgroup(ValueError)))
print(repr(eg.subgroup(lambda e: isinstance(e, KeyError))))
match, rest = eg.split(TypeError)
print(repr(match), "|", repr(rest))
print(eg.split(OSError)[0], eg.subgroup(OSError))
print(type(BaseExceptionGroup("b", [ValueError()])).__name__, type(BaseExceptionGroup("b", [KeyboardInterrupt()])).__name__)
show(ExceptionGroup, "m", [])
show(ExceptionGroup, "m", [5])
show(ExceptionGroup, "m", 5)
show(ExceptionGroup, 5, [ValueError()])
show(ExceptionGroup, "m")
show(ExceptionGroup, "m", [KeyboardInterrupt()])
show(eg.split, 5)


class My(ExceptionGroup):
    def derive(self, exceptions):
        return My(self.message + "!", exceptions)


print(repr(My("m", [ValueError(1), KeyError(2)]).subgroup(KeyError)))
