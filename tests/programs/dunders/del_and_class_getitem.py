"""__class_getitem__ and generic aliases."""
def show(function, *args, **kwargs):
    try:
        print(repr(function(*args, **kwargs)))
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


class C:
    def __class_getitem__(cls, item):
        return f"{cls.__name__}[{item!r}]"


class D(C):
    pass


class E:
    pass


print(C[int], D[1, 2], C["a":2])
show(lambda: E[int])
show(lambda: int[str])
show(lambda: C()[1])
print(list[int], dict[str, int], tuple[int, ...], type[int], list["x"])
alias = list[int]
print(alias.__origin__, alias.__args__, alias([1, 2]), alias == list[int], isinstance([], type(alias)))
print(list[int] | None, int | str, int | None, (int | str) == (str | int), isinstance(1, int | str), issubclass(bool, int | str))
show(lambda: isinstance([], list[int]))
show(lambda: int | 5)
print((int | str).__args__, type(int | str))
