"""Keyword arguments passed along a diamond."""
class Root:
    def __init__(self, **kwargs):
        print("Root", kwargs)
        super().__init__(**kwargs)


class Left(Root):
    def __init__(self, left=None, **kwargs):
        print("Left", left)
        super().__init__(**kwargs)


class Right(Root):
    def __init__(self, right=None, **kwargs):
        print("Right", right)
        super().__init__(**kwargs)


class Both(Left, Right):
    def __init__(self, **kwargs):
        print("Both")
        super().__init__(**kwargs)


Both(left=1, right=2)
try:
    Both(wrong=3)
except TypeError as error:
    print(error)
