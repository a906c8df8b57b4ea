"""An exception in a class body."""
class Broken:
    x = 1

    class Inner:
        y = undefined_thing
