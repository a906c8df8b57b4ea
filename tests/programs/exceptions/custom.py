"""User-defined exceptions with state."""
class AppError(Exception):
    def __init__(self, code, *rest):
        self.code = code
        super().__init__(code, *rest)

    def __str__(self):
        return f"[{self.code}]"


class Deep(AppError):
    pass


class WithNew(Exception):
    def __new__(cls, *args, **kwargs):
        self = super().__new__(cls, *args)
        self.kwargs = kwargs
        return self

    def __init__(self, *args, **kwargs):
        pass


try:
    raise Deep(5, "why")
except AppError as error:
    print(error, repr(error), error.args, error.code)
w = WithNew(1, 2, k=3)
print(w, w.args, w.kwargs)


class Multi(KeyError, AttributeError):
    pass


for kind in (KeyError, AttributeError, LookupError):
    try:
        raise Multi("m")
    except kind as error:
        print(kind.__name__, error, repr(error))


class BadStr(Exception):
    def __str__(self):
        raise ValueError("in str")


try:
    str(BadStr())
except ValueError as error:
    print(error)
try:
    raise BadStr
except BadStr as error:
    print(repr(error))
