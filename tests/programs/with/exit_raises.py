"""Exceptions raised in __enter__ and __exit__."""
class M:
    def __init__(self, enter=None, leave=None):
        self.enter = enter
        self.leave = leave

    def __enter__(self):
        if self.enter:
            raise self.enter
        return self

    def __exit__(self, *error):
        print("exit", error[0])
        if self.leave:
            raise self.leave


def attempt(*managers, body=None):
    try:
        with managers[0]:
            with managers[-1]:
                if body:
                    raise body
    except Exception as error:
        print(repr(error), repr(error.__context__))


attempt(M(enter=ValueError("enter")), M())
attempt(M(), M(enter=ValueError("second enter")))
attempt(M(), M(leave=KeyError("leave")))
attempt(M(), M(leave=KeyError("leave")), body=TypeError("body"))
attempt(M(leave=IndexError("outer")), M(leave=KeyError("inner")), body=TypeError("body"))
