"""SystemExit with an object whose str is shown."""
class Reason:
    def __str__(self):
        return "a reason"


raise SystemExit(Reason())
