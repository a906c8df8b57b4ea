"""with looks up __enter__ and __exit__ on the type."""
def show(function, *args, **kwargs):
    try:
        print(repr(function(*args, **kwargs)))
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


def use(manager):
    with manager as value:
        return value


class Neither:
    pass


class NoExit:
    def __enter__(self):
        return 1


class OnInstance:
    def __init__(self):
        self.__enter__ = lambda: 1
        self.__exit__ = lambda *a: None


class Async:
    async def __aenter__(self): pass
    async def __aexit__(self, *a): pass


show(use, Neither())
show(use, NoExit())
show(use, OnInstance())
show(use, Async())
show(use, 5)
