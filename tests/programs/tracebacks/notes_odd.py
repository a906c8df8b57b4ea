"""Notes that are not strings."""
class E(Exception):
    pass


e = E("odd")
e.__notes__ = ["text", 5, ["list"]]
raise e
