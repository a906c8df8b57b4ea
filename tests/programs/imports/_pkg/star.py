from .inner import *
__all__ = ["a"]
a = "star a"
hidden = 1
