"""NameError suggests self.name."""
class C:
    def __init__(self):
        self.blech = 1

    def f(self):
        return blech


C().f()
