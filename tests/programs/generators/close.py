"""close(), GeneratorExit and what a generator may do about it."""
def show(function, *args, **kwargs):
    try:
        print(repr(function(*args, **kwargs)))
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


def tidy():
    try:
        yield 1
        yield 2
    finally:
        print("closed")


def stubborn():
    while True:
        try:
            yield 1
        except GeneratorExit:
            print("ignoring")
            yield 2


def swallows():
    try:
        yield 1
    except GeneratorExit:
        return "value"


def raises():
    try:
        yield 1
    finally:
        raise ValueError("in finally")


t = tidy()
next(t)
print(t.close(), t.close(), list(t))
print(tidy().close())
s = stubborn()
next(s)
show(s.close)
w = swallows()
next(w)
print(w.close())
r = raises()
next(r)
show(r.close)
for value in (x := tidy()):
    break
x.close()
