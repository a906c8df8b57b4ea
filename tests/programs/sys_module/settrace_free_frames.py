"""sys._getframe: locals, globals, back, code."""
import sys


def f(a):
    frame = sys._getframe()
    return sorted(frame.f_locals), frame.f_code.co_name, frame.f_back.f_code.co_name, frame.f_globals is globals(), frame.f_builtins["len"] is len


def g():
    b = 1
    return f(b)


print(g())


def depth():
    frame, n = sys._getframe(), 0
    while frame:
        frame, n = frame.f_back, n + 1
    return n


print(depth(), (lambda: depth())(), [depth() for _ in range(1)])


class C:
    line = sys._getframe().f_lineno
    name = sys._getframe().f_code.co_name


print(C.line, C.name)


def gen():
    yield sys._getframe().f_code.co_name, sys._getframe().f_back.f_code.co_name


print(next(gen()), list(gen()))


def write_through():
    x = 1
    sys._getframe().f_locals["x"] = 5
    return x


print(write_through())
