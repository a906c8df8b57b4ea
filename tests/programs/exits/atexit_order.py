"""Code after exceptions in nested functions never runs; finally blocks do, inside out."""
def a():
    try:
        b()
    finally:
        print("a finally")


def b():
    try:
        c()
    finally:
        print("b finally")
        try:
            raise KeyError("inner")
        except KeyError as error:
            print("handled", error)


def c():
    try:
        raise IndexError("c")
    finally:
        print("c finally")


a()
