"""A helper module."""
print("running the helper once")
__all__ = ["public", "value"]
value = 1
_hidden = "hidden"
also_private = 2
not_listed = 3


class Thing:
    pass


def public():
    return "public"


def get_value():
    return value
