"""slice objects and __index__."""
def show(function, *args, **kwargs):
    try:
        print(repr(function(*args, **kwargs)))
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


s = slice(1, 10, 2)
print(s, s.start, s.stop, s.step, s.indices(5), slice(3), slice(None), slice(1, 2) == slice(1, 2), slice(1) < slice(2))
print(slice(None, None, -1).indices(4), slice(-3, -1).indices(4), slice(10, 0, -3).indices(6), hash(slice(1, 2)) == hash(slice(1, 2)))
show(slice)
show(slice(1).indices, -1)
show(slice(1, 2, 0).indices, 5)
show(slice("a").indices, 5)
show(setattr, s, "start", 5)
show(slice, 1, 2, 3, 4)


class I:
    def __index__(self):
        return 2


print([1, 2, 3, 4][I():], "abcd"[:I()], [1, 2, 3, 4][::I()])


class Bad:
    def __index__(self):
        return "x"


show(lambda: [1, 2][Bad():])


class Show:
    def __getitem__(self, key):
        return key


print(Show()[1:2, 3], Show()[::], Show()[:, ...], Show()[1:2:3], Show()[lambda: 0:1] is None)
