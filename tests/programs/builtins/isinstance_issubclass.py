"""isinstance and issubclass with tuples, unions, hooks, errors."""
def show(function, *args, **kwargs):
    try:
        print(repr(function(*args, **kwargs)))
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


print(isinstance(1, int), isinstance(True, int), isinstance(1, (str, int)), isinstance(1, (str, (float, int))), isinstance(1, int | str), isinstance(None, int | None), isinstance(1, object), isinstance(int, type), isinstance(type, type), isinstance(1, ()), isinstance([], list))
print(issubclass(bool, int), issubclass(int, (str, object)), issubclass(int, int), issubclass(type, object), issubclass(list, str | list), issubclass(int, ()))


class Meta(type):
    def __instancecheck__(cls, instance):
        return "yes" if instance == 5 else ""

    def __subclasscheck__(cls, sub):
        return sub is str


class Hooked(metaclass=Meta):
    pass


print(isinstance(5, Hooked), isinstance(6, Hooked), isinstance(Hooked(), Hooked), issubclass(str, Hooked), issubclass(int, Hooked), isinstance(5, (str, Hooked)))
for f in (lambda: isinstance(1, 5), lambda: isinstance(1, (int, 5)), lambda: isinstance(1, ("a", int)), lambda: issubclass(1, int), lambda: issubclass(int, 5), lambda: isinstance(1, [int]), lambda: isinstance(1, list[int]), lambda: issubclass(list[int], list), lambda: isinstance(1, int | list[int]), lambda: isinstance(), lambda: issubclass(int, "int"), lambda: isinstance(1, None)):
    show(f)
