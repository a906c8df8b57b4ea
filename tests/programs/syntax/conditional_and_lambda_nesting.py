"""Nested conditionals, lambdas, comprehensions and calls in odd places."""
f = lambda x: "neg" if x < 0 else "zero" if x == 0 else "pos"
print(f(-1), f(0), f(1), (lambda: lambda: 1)()(), [i if i else "z" for i in range(3)], [(lambda x=i: x)() for i in range(3)])
print({k: (lambda v: v * 2)(v) for k, v in {"a": 1}.items()}, (lambda *a: [*map(lambda x: x + 1, a)])(1, 2), sorted([3, -2], key=lambda x: x if x > 0 else -x))
def g(a=lambda: 1, b=[x for x in range(2)], *, c={"k": (1, 2)}, d=f(0)): return a(), b, c, d
print(g(), g(d=lambda: 0)[1:3])
print([[j for j in range(i) if j % 2 or i > 2] for i in range(4) if i], [x for x in (y for y in (z for z in range(3)))])
print((1 if True else 2) + (3 if False else 4), 1 if [] else 2 if () else 3, not 1 if 0 else 5, (yes := "y") if 1 else "n")
print("%s" % (lambda: "called")() if 1 else 2, *(i for i in range(2)), **{"sep": "-"})
print({**{f"k{i}": i for i in range(2)}, "z": [*range(2)]}, [{"a": [1, {"b": 2}]}][0]["a"][1]["b"])
x = [1, 2, 3]
x[0], x[1:], y = x[1], (x[0], *x), {i: x[i] for i in (0, 1)}
print(x, y)
print((lambda a: (lambda b: (lambda c: a + b + c)))(1)(2)(3), (lambda **k: {**k, "n": len(k)})(a=1), (lambda x: (x, x)[x > 2])(3))
