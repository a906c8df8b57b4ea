"""An attribute of an attribute may be suggested only in newer versions."""
class Inner:
    field = 1


class Outer:
    def __init__(self):
        self.inner = Inner()


Outer().field
