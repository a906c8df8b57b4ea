"""Coroutines driven by hand."""
def show(function, *args, **kwargs):
    try:
        print(repr(function(*args, **kwargs)))
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


class Wait:
    def __init__(self, value):
        self.value = value

    def __await__(self):
        got = yield self.value
        return got


async def inner(n):
    x = await Wait(n)
    return x * 2


async def outer():
    a = await inner(1)
    b = await inner(2)
    return a + b


def run(coroutine, *answers):
    seen = []
    answers = iter((None, *answers))
    try:
        while True:
            seen.append(coroutine.send(next(answers)))
    except StopIteration as stop:
        return seen, stop.value


print(run(outer(), 10, 20))
c = outer()
print(type(c).__name__, c.__name__, c.cr_running, c.cr_await, c.send(None), c.cr_await is not None)
c.close()
show(c.send, None)


async def fails():
    try:
        await Wait("x")
    except ValueError as error:
        return f"caught {error}"
    finally:
        print("finally")


f = fails()
f.send(None)
try:
    f.throw(ValueError("v"))
except StopIteration as stop:
    print(stop.value)


async def bad_await():
    await 5


async def bad_list():
    await [1]


show(bad_await().send, None)
show(bad_list().send, None)


async def raises():
    raise KeyError("k")


show(raises().send, None)
u = inner(1)
show(u.send, 5)
show(next, u)
show(iter, u)
u.close()


async def stop():
    raise StopIteration("s")


show(stop().send, None)
