"""An exception in __exit__ while handling one from the body."""
class M:
    def __enter__(self):
        return self

    def __exit__(self, *error):
        raise RuntimeError("exit failed")


with M() as m:
    m.nothing
