"""A user's exception with a module-qualified name, empty message."""
class MyError(Exception):
    pass


class Outer:
    class Inner(Exception):
        pass


try:
    raise MyError
except MyError:
    raise Outer.Inner("deep name")
