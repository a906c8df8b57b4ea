"""An exception while handling another."""
def clean_up():
    raise RuntimeError("cleaning failed")


def work():
    try:
        1 / 0
    except ZeroDivisionError:
        clean_up()


work()
