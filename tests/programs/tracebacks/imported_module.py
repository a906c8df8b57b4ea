"""Frames in an imported module."""
from _lib import Engine


def start():
    engine = Engine(0)
    engine.run()


start()
