"""Unpacking inside displays."""
def show(function, *args, **kwargs):
    try:
        print(repr(function(*args, **kwargs)))
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


a = [1, 2]
print([*a, 3, *a], (*a,), {*a, 3} == {1, 2, 3}, [*"ab", *range(2)])
d = {"x": 1}
print({**d, "y": 2}, {"x": 0, **d}, {**d, "x": 5}, {**{}, **d})
print(*a, *[3], sep="-")
t = 1, *a
print(t)


def f():
    return 1, *a


def g():
    yield 0, *a


print(f(), list(g()))
for x in *a, 5:
    print(x, end=" ")
print()
show(lambda: [*5])
show(lambda: {*5})
show(lambda: {**5})
show(lambda: {**[1]})
show(lambda: (*None,))
show(lambda: {*[[]]})
print(dict(**{"a": 1}, b=2), [*{}], [*{1: 2}], {**{1: 2}})
