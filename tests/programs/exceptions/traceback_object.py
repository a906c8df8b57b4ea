"""Walking __traceback__ and frames."""
import sys


def inner():
    raise ValueError("deep")


def middle():
    inner()


try:
    middle()
except ValueError as error:
    tb = error.__traceback__
    while tb is not None:
        print(tb.tb_frame.f_code.co_name, tb.tb_lineno, tb.tb_lineno - tb.tb_frame.f_code.co_firstlineno)
        tb = tb.tb_next


def who():
    frame = sys._getframe()
    return frame.f_code.co_name, frame.f_back.f_code.co_name, frame.f_lineno, frame.f_back.f_lineno


def caller():
    return who()


print(caller())
print(sys._getframe().f_code.co_name, sorted(sys._getframe().f_locals)[:0], sys._getframe(0).f_lineno)


def local_names(a, b=2):
    c = a + b
    return sys._getframe().f_locals


print(dict(local_names(1)))
try:
    sys._getframe(1000)
except ValueError as error:
    print(error)
