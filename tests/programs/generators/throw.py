"""throw() into started, unstarted, and finished generators."""
def show(function, *args, **kwargs):
    try:
        print(repr(function(*args, **kwargs)))
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


def g():
    while True:
        try:
            x = yield "ready"
            print("got", x)
        except ValueError as error:
            print("caught", error)
            yield "handled"
        finally:
            print("finally")


it = g()
next(it)
print(it.throw(ValueError("v")))
print(next(it))
show(it.throw, KeyError("k"))
show(next, it)
fresh = g()
show(fresh.throw, IndexError("not started"))
show(next, fresh)
show(fresh.throw, IndexError("finished"))
other = g()
next(other)
print(other.throw(ValueError))
show(g().throw, 5)
show(g().throw)
show(g().throw, "text")


def returns():
    try:
        yield 1
    except ValueError:
        return "returned"


r = returns()
next(r)
show(r.throw, ValueError)
