def loops(a, b):
    for x in a:
        if x:
            continue
        for y, *z in b:
            if not y and z or x is None:
                break
        else:
            return x
        while x < y <= z != 3:
            x += 1
            if x in (1, 2, 3) or x not in [4, 5]:
                break
        else:
            pass
    else:
        return 0


def handlers(f):
    try:
        f()
    except (A, B) as e:
        raise C from e
    except D:
        return 1
    except:
        pass
    else:
        f(2)
    finally:
        f(3)
    for x in f:
        try:
            if x:
                continue
            if f:
                break
            return f(x)
        finally:
            with f as g, g as (h, i):
                return h


def groups(f):
    try:
        f()
    except* A as e:
        print(e)
    except* (B, C):
        f()
    else:
        f(1)
    finally:
        f(2)


async def coroutine(a):
    async with a as b, b:
        await b
    async for x in a:
        yield x
        if x:
            break
    else:
        yield
    z = [await q async for q in a if await q]
    w = {k: v async for k, v in a}
    g = (i async for i in a)
    try:
        await a
    finally:
        await z


async def returns(a):
    for x in a:
        async with x:
            if await x:
                return x


def generator():
    x = yield
    y = yield x
    z = yield from y
    with x:
        return (yield z)


def asserts(a):
    assert a
    assert a > 1, f"{a=}"
    assert (a and
            not a)
    del a.b, a[1], a[1:2], (a,)
    a.b += 1
    a[1] -= 2
    a[1:2] *= 3
    a[1:2:3] @= 4
    a[...] //= 5
    (a.b): int
    a[0]: str
    a.b: float = 1.5
    raise


def multiline(a):
    return (a
            .method(1,
                    2)
            .attr
            .other(key=a
                   if a else
                   None))
