"""sys.excepthook called by hand, then a normal end."""
import sys


def f():
    raise ValueError("reported by hand")


try:
    f()
except ValueError:
    sys.excepthook(*sys.exc_info())
print("still running")
