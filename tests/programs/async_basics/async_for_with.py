"""async for, async with, async comprehensions, async generators."""
def show(function, *args, **kwargs):
    try:
        print(repr(function(*args, **kwargs)))
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


def run(coroutine):
    try:
        while True:
            coroutine.send(None)
    except StopIteration as stop:
        return stop.value


class Pause:
    def __await__(self):
        yield


class CM:
    async def __aenter__(self):
        await Pause()
        print("aenter")
        return "value"

    async def __aexit__(self, kind, error, traceback):
        print("aexit", kind and kind.__name__)
        return kind is ValueError


class AIter:
    def __init__(self, n):
        self.n = n

    def __aiter__(self):
        return self

    async def __anext__(self):
        if self.n == 0:
            raise StopAsyncIteration
        self.n -= 1
        await Pause()
        return self.n


async def agen(n):
    for i in range(n):
        await Pause()
        yield i * 10


async def main():
    async with CM() as v, CM():
        print("body", v)
    async with CM():
        raise ValueError
    async for x in AIter(3):
        print(x, end=" ")
    else:
        print("else")
    print([x async for x in agen(3)], {x async for x in AIter(2)}, {k: k async for k in agen(2) if k}, [await double(x) for x in range(3)])
    g = (x + 1 async for x in agen(2))
    print([x async for x in g], type(g).__name__)
    a = agen(5)
    print(await a.__anext__(), await a.asend(None), await anext(a), await anext(agen(0), "default"))
    await a.aclose()
    return "done"


async def double(x):
    await Pause()
    return x * 2


print(run(main()))


async def bad_for():
    async for x in [1]:
        pass


async def bad_with():
    async with 5:
        pass


class BadAiter:
    def __aiter__(self):
        return 5


class BadAnext:
    def __aiter__(self):
        return self

    def __anext__(self):
        return 5


async def bad_aiter():
    async for x in BadAiter():
        pass


async def bad_anext():
    async for x in BadAnext():
        pass


for function in (bad_for, bad_with, bad_aiter, bad_anext):
    show(run, function())


async def throwing():
    try:
        yield 1
        yield 2
    except KeyError:
        yield "caught"


async def use():
    t = throwing()
    print(await anext(t), await t.athrow(KeyError("k")))
    try:
        await anext(t)
    except StopAsyncIteration as error:
        print(repr(error))


run(use())
