"""__call__, callable, and special methods looked up on the type."""
def show(function, *args, **kwargs):
    try:
        print(repr(function(*args, **kwargs)))
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


class C:
    def __call__(self, *args, **kwargs):
        return args, kwargs


c = C()
print(c(1, x=2), callable(c), callable(C), callable(5), C()(3), c.__call__(4))
c.__call__ = lambda: "own"
print(c())
c.__len__ = lambda: 5
show(len, c)
for value in (5, "abc", None, [], (1, 2)):
    show(lambda: value())
show(lambda: object()())


class NotCallable:
    __call__ = None


show(lambda: NotCallable()())


class Nested:
    __call__ = C()


print(Nested()(7))


class NoIter:
    __iter__ = None

    def __getitem__(self, i):
        return i


show(iter, NoIter())
show(lambda: 1 in NoIter())


class NoContains:
    __contains__ = None

    def __iter__(self):
        return iter([1])


show(lambda: 1 in NoContains())


class NoHash:
    __hash__ = None


show(hash, NoHash())
