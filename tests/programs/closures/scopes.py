"""global, local, class and comprehension scopes."""
x = "global"


def f():
    global x
    x = "changed"


def g():
    x = "local"
    class C:
        seen = x
        x = "class"
        again = x
        def method(self):
            return x
    return C.seen, C.again, C().method()


f()
print(x, g())


class D:
    x = x + "!"
    items = [1, 2]
    squares = [i * i for i in items]
    y = x


print(D.x, D.squares, D.y)
def make_global():
    global fresh
    fresh = 10
make_global()
print(fresh)
exec("x = 5\nprint(x)", {})
print(x, eval("x + y", {"x": 1, "y": 2}))
namespace = {}
exec("def h():\n    return z\nz = 3", namespace)
print(namespace["h"]())
