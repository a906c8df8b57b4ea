"""SystemExit with a string: no traceback."""
import sys


def leave():
    sys.exit("leaving now")


leave()
