"""SystemExit is not an Exception; else and finally."""
import sys


def leave():
    try:
        sys.exit(4)
    except Exception:
        print("never")
    finally:
        print("finally")


try:
    leave()
except BaseException as error:
    print(type(error).__name__, error.code)
    raise
