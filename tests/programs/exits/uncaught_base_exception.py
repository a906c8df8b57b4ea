"""A direct subclass of BaseException."""
class Stop(BaseException):
    def __str__(self):
        return "custom text"


raise Stop(1, 2)
