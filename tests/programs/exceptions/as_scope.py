"""The name bound by `as` disappears after the handler."""
def show(function, *args, **kwargs):
    try:
        print(repr(function(*args, **kwargs)))
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


def leaves():
    e = "before"
    try:
        raise ValueError("v")
    except ValueError as e:
        print("in", e)
    return e


def deleted_inside():
    try:
        raise ValueError("v")
    except ValueError as e:
        del e
    return "fine"


def rebound():
    try:
        raise ValueError("v")
    except ValueError as e:
        e = 5
        print(e)
    return "fine"


def kept():
    try:
        raise ValueError("v")
    except ValueError as e:
        saved = e
    return saved


show(leaves)
show(deleted_inside)
show(rebound)
show(kept)
