"""id, callable, type, vars, globals, slice, input at end of file."""
def show(function, *args, **kwargs):
    try:
        print(repr(function(*args, **kwargs)))
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


print(callable(len), callable(5), callable(int), type(5), type("a") is str, type(None), type(type), type(lambda: 0).__name__, type(len).__name__, type([].append).__name__, type(print).__qualname__)
a = []
print(id(a) == id(a), id(a) != id([]), isinstance(id(a), int))
show(input)
show(input, "prompt> ")
print("__name__" in globals(), globals()["a"] is a, vars() is globals(), locals() is globals())
print(abs(-5), abs(-5.5), abs(3 - 4j), abs(True), divmod(7, 2), divmod(-7.5, 2), pow(2, 3), pow(2, 3, 3), pow(2, -1), pow(exp=2, base=3))
print(len("abc"), len({}), len(range(5)), repr("a\n"), ascii("é"), format(3.14159, ".2f"), format("a", ">3"), format(5), object().__class__, bool(object()))
show(__import__, "no_such_module")
show(__import__, "")
show(type, 1, 2)
show(object, 5)
show(id)
show(open, 5.5)
show(breakpoint.__class__)
