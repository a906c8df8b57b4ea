"""The loop variable is local; what a comprehension in a class body sees."""
x = "outer"
print([x for x in range(2)], x)
i = 10
print([i for i in range(i - 8)], i)


class C:
    n = 3
    first = [i for i in range(n)]
    try:
        second = [n for _ in range(2)]
    except NameError as error:
        print("class:", error)

    def f(self):
        return [self.n for _ in range(2)]


print(C.first, C().f())


def f():
    a = [lambda: v for v in range(3)]
    v = "local"
    b = [v for _ in range(1)]
    return [g() for g in a], b, v, sorted(locals())


print(f())


def uses_nonlocal():
    total = 0
    def add(n):
        nonlocal total
        total += n
        return total
    return [add(n) for n in range(4)], total


print(uses_nonlocal())


def walrus():
    any((last := n) > 2 for n in range(10))
    return last


print(walrus())


def shadow(x):
    y = [x for x in [x, x + 1] for x in [x * 2]]
    return x, y


print(shadow(1))
def unbound():
    try:
        return [z for _ in range(1)]
    except NameError as error:
        return str(error)
    z = 1


print(unbound())
def deleted():
    out = []
    for q in range(2):
        out.append([q for q in range(3)])
        out.append(q)
    return out


print(deleted())
