"""assert with and without a message."""
def show(function, *args, **kwargs):
    try:
        print(repr(function(*args, **kwargs)))
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


def check(value, message=None):
    if message is None:
        assert value
    else:
        assert value, message


show(check, True)
show(check, 0)
show(check, [], "empty")
show(check, None, ("a", 1))
try:
    assert False, 1 + 1
except AssertionError as error:
    print(error.args)
assert (1, "always true")[0]
print(__debug__)
