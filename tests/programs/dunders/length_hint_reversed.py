"""__length_hint__, __reversed__, __iter__ and __next__."""
def show(function, *args, **kwargs):
    try:
        print(repr(function(*args, **kwargs)))
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


class Hint:
    def __init__(self, hint):
        self.hint = hint
        self.left = 3

    def __iter__(self):
        return self

    def __next__(self):
        if not self.left:
            raise StopIteration
        self.left -= 1
        return self.left

    def __length_hint__(self):
        return self.hint


print(list(Hint(10)), list(Hint(0)), list(Hint(NotImplemented)))
show(list, Hint(-1))
show(list, Hint("a"))


class R:
    def __reversed__(self):
        return iter("rev")


class S:
    def __len__(self):
        return 3

    def __getitem__(self, i):
        return i * 10


class N:
    __reversed__ = None


print(list(reversed(R())), list(reversed(S())), list(reversed("abc")), list(reversed(range(0, 10, 3))), list(reversed({1: 2, 3: 4})))
show(reversed, N())
show(reversed, (n for n in ()))
show(reversed, {1, 2})


class BadIter:
    def __iter__(self):
        return 5


class BadNext:
    def __iter__(self):
        return self

    __next__ = 5


show(iter, BadIter())
show(list, BadNext())
print([i for i in reversed([1, 2, 3])])
