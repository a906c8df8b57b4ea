"""List, set and dict comprehensions with conditions and several loops."""
def show(function, *args, **kwargs):
    try:
        print(repr(function(*args, **kwargs)))
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


print([x for x in range(5)], [x for x in range(10) if x % 2 if x > 3])
print([(x, y) for x in range(3) for y in range(x)], [[y for y in range(x)] for x in range(3)])
print({x % 3 for x in range(10)} == {0, 1, 2}, {x: x * x for x in range(3)}, {k: v for k, v in [("a", 1), ("a", 2)]})
print([x if x % 2 else -x for x in range(4)], [a + b for a, b in [(1, 2), (3, 4)]])
print([y for x in range(3) if (y := x * 2) > 1], y)
print([*[1], *(x for x in [2])], [i for i in "abc" for _ in range(2)])
print([x for x in [1, 2] if x if not x % 2], [x for x in (lambda: [1, 2])()])
print([lambda: x for x in range(3)][0](), [f() for f in [lambda x=x: x for x in range(3)]])
print({**{a: 1 for a in "x"}, **{"y": 2}}, [x for x, in [(1,), (2,)]], [first for first, *_ in ["abc", "de"]])
show(lambda: [x for x in 5])
show(lambda: {x: 1 for x in [[]]})
show(lambda: {[] for _ in range(1)})
show(lambda: [x for x, y in [(1, 2, 3)]])
show(lambda: [undefined for _ in range(1)])
