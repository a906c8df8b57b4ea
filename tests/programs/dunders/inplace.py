"""In-place operators, and falling back to the binary one."""
def show(function, *args, **kwargs):
    try:
        print(repr(function(*args, **kwargs)))
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


class In:
    def __init__(self):
        self.log = []

    def __iadd__(self, other):
        self.log.append(("iadd", other))
        return self

    def __isub__(self, other):
        return "replaced"

    def __mul__(self, other):
        return ("mul", other)

    def __ior__(self, other):
        return NotImplemented

    def __or__(self, other):
        return "or"


x = y = In()
x += 1
x += 2
print(x is y, x.log)
x -= 1
print(x)
z = In()
z *= 3
print(z)
w = In()
w |= 1
print(w)
a = b = [1]
a += (2, 3)
print(b, a is b)
a = a + [4]
print(b, a)
t = u = (1,)
t += (2,)
print(t, u)
s = v = {1}
s |= {2}
print(v)
d = e = {"a": 1}
d |= [("b", 2)]
print(e)


def bad_tuple():
    t = ([],)
    try:
        t[0] += [1]
    finally:
        print(t)


show(bad_tuple)


def bad():
    n = 1
    n += "a"


show(bad)


def bad2():
    l = []
    l += 5


show(bad2)
q = "a"
q *= 3
q %= ()
print(q)
