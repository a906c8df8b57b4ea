# sys.setprofile: calls, returns, and the same of native functions.
import sys

LOG = []


def profiler(frame, event, arg):
    name = getattr(arg, "__name__", None) if event.startswith("c_") else repr(arg)
    LOG.append((frame.f_code.co_name, event, name))


def square(n):
    return abs(n) * abs(n)


def gen():
    yield len("abc")
    yield 2


def fails():
    int("x")


def work():
    square(-2)
    [].append(1)
    "a-b".split("-")
    list(gen())
    try:
        fails()
    except ValueError:
        pass
    return sorted([3, 1], key=lambda v: -v)


sys.setprofile(profiler)
work()
sys.setprofile(None)
for entry in LOG:
    print(*entry)
LOG.clear()


def start():
    sys.setprofile(profiler)


start()
len("x")
sys.setprofile(None)
for entry in LOG:
    print(*entry)
