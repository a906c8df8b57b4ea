"""What `__init__` returns is an error of the call, not of `__init__`, however warm the code is."""


class Returns:
    def __init__(self, value):
        return value


class Constant:
    def __init__(self, value):
        if value:
            return 5


def make(cls, value):
    return cls(value)


errors = []
for cls in Returns, Constant:
    for number in range(40):
        try:
            make(cls, 1 if number % 10 == 9 else None)
        except TypeError as error:
            lines = []
            traceback = error.__traceback__
            while traceback:
                lines.append((traceback.tb_frame.f_code.co_name, traceback.tb_lineno))
                traceback = traceback.tb_next
            print(cls.__name__, number, error, lines)
            errors.append(error)
raise ExceptionGroup("returned", errors)
