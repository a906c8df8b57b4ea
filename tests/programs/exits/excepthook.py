"""sys.excepthook replaces the report."""
import sys


def hook(kind, error, traceback):
    print("hook", kind.__name__, error, traceback.tb_lineno)


sys.excepthook = hook
raise ValueError("for the hook")
