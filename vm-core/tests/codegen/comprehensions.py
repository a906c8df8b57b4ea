[x for x in y]
x = [[a for a in b] for b in y if b for c in b if c if x]
z = {k: v for k, v in y}, {s for s in y}, (g for g in y)


class C:
    y = [1]
    a = [x for x in y]
    b = [lambda: x for x in y]
    c = {z: __class__ for z in [y for y in a]}
    d = [[x + y for y in a] for x in b]


def f(y):
    x = 1
    a = [x for x in y]
    b = [lambda: x for x in y]
    c = [x + z for x in y for z in x]
    d = [x for x in y if (w := x)]
    e = [[lambda: (i, j) for j in y] for i in y]
    try:
        return [x for x in y][0], x
    except E:
        return (x for x in [i for i in y]), w

    def g():
        nonlocal x
        return [x for x in y], [y for y in x]


def cells(a):
    def inner():
        return a
    return [a for a in a], [lambda: a for a in inner()], inner


async def h(y):
    return [x async for x in y], {x: await x for x in y}, [[q async for q in x] for x in y], [(x async for x in y)]


def generic[T]():
    return [T for T in [1]], [x for x in T]
