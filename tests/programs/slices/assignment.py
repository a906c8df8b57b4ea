"""Slice assignment and deletion on lists and bytearrays."""
def show(function, *args, **kwargs):
    try:
        print(repr(function(*args, **kwargs)))
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


a = list(range(6))
a[1:3] = ["x"]
print(a)
a[1:1] = "pq"
print(a)
a[::2] = [0, 0, 0, 0]
print(a)
del a[1:3]
print(a)
del a[::2]
print(a)
a[:] = []
print(a)
a[5:] = [1, 2]
print(a)
a[1:] = a
print(a)
a[::-1] = [7, 8, 9]
print(a)
show(lambda: a.__setitem__(slice(None, None, 2), [1]))
show(lambda: a.__setitem__(slice(0, 1), 5))
show(lambda: a.__setitem__(slice(None, None, 2), 5))
show(lambda: a.__setitem__(5, 5))
show(lambda: a.__delitem__(5))
show(lambda: a.__delitem__("x"))
show(lambda: a.__setitem__("x", 1))
b = bytearray(b"hello")
b[1:3] = b"EYX"
del b[-1]
b[0] = 72
print(b)
show(lambda: b.__setitem__(0, 256))
show(lambda: b.__setitem__(0, "a"))
show(lambda: b.__setitem__(slice(0, 1), "a"))
show(lambda: b.__setitem__(slice(0, 4, 2), b"abc"))
c = list(range(10))
del c[7:2:-2]
print(c)
