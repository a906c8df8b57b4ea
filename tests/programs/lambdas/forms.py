"""Lambdas with every kind of parameter, nested, immediately called."""
def show(function, *args, **kwargs):
    try:
        print(repr(function(*args, **kwargs)))
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


print((lambda: 1)(), (lambda x, y=2, *a, z, **k: (x, y, a, z, k))(1, 3, 4, z=5, w=6), (lambda *, k=1: k)(), (lambda a, /, b: (a, b))(1, b=2), (lambda *a: a)(1, 2), (lambda **k: k)(x=1))
compose = lambda f, g: lambda x: f(g(x))
print(compose(str, abs)(-5), (lambda x: lambda y: lambda z: x + y + z)(1)(2)(3), [f(2) for f in [lambda x: x ** 2, lambda x: -x]])
print((lambda x: (yield x))(1).__next__(), (lambda: (a := 3) + a)(), (lambda x: x if x else "empty")(0), sorted([3, 1], key=lambda v: -v), (lambda: ...)(), (lambda *args, **kwargs: len(args) + len(kwargs))(*[1, 2], **{"a": 3}))
f = lambda: None
print(f.__name__, f.__qualname__, f(), (lambda x=[]: x.append(1) or x)(), {1: lambda: "in dict"}[1]())
show(lambda x: x)
show(lambda: 1, 2)
show((lambda a, *, b: 0), 1)
fact = (lambda f: lambda n: f(f, n))(lambda self, n: 1 if n < 2 else n * self(self, n - 1))
print(fact(10))
