"""Augmented assignment to attributes, subscripts and slices; evaluated once."""
def log(x):
    print("eval", x, end="; ")
    return x


class C:
    n = 1


c = C()
c.n += 5
print(c.n, C.n)
d = {"a": [1]}
d[log("a")] += [2]
print(d)
l = [1, 2, 3, 4]
l[log(1):log(3)] += [9]
print(l)
l[0] **= 3
l[-1] //= 3
l[1] -= 5
l[2] <<= 4
print(l)
m = [[0] * 2] * 2
m[0][0] += 1
print(m)
x = 10
x /= 4; print(x)
x //= 1; print(x)
x %= 2; print(x)
i = 5
i &= 6; i |= 8; i ^= 1; i >>= 1; i <<= 3
print(i)
s = "a"
s += "b" * 3
s *= 2
print(s)
f = 2
f **= 10
f @= type("M", (), {"__rmatmul__": lambda self, other: other * 2})()
print(f)
