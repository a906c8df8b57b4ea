"""Aliases, and lists that contain themselves."""
def show(function, *args, **kwargs):
    try:
        print(repr(function(*args, **kwargs)))
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


a = [[]] * 3
a[0].append(1)
print(a)
b = [1]
b.append(b)
print(b, b[1][1][0], len(b), b == b)
c = {"self": None}
c["self"] = c
print(c)
d = [1, [2]]
e = d.copy()
e[1].append(3)
e.append(4)
print(d, e)
t = ([],)
t[0].append(t)
print(t)
f, g = [], []
f.append(g)
g.append(f)
print(f)
show(lambda: f == g)
show(lambda: hash(t))
x = [1, 2, 3]
x[1:2] = [x]
print(x)
s = set()
print({1: [s]}, [(), {}, set(), frozenset(), [[]]])
