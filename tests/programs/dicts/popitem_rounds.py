# Dicts whose last items come and go: order, emptying, and tables that are used for long.
d = {}
for i in range(5000):
    d[i] = 1
    d.popitem()
print(len(d), d)

state = 7


def draw(n):
    global state
    state = (state * 1103515245 + 12345) % 2**31
    return (state >> 8) % n


d, order = {}, []
for step in range(20000):
    op, key = draw(100), draw(60)
    if op < 45:
        if key not in d:
            order.append(key)
        d[key] = step
    elif op < 65:
        if d.pop(key, None) is not None:
            order.remove(key)
    elif op < 95:
        if d and d.popitem()[0] != order.pop():
            print("wrong at", step)
    else:
        if list(d) != order or list(reversed(d)) != order[::-1]:
            print("wrong order at", step)
        d = d.copy()
print(list(d) == order, len(d))

d = {i: i for i in range(50000)}
total = 0
while d:
    total += d.popitem()[0]
print(total, d)
for i in range(100):
    d[str(i)] = i
print(len(d), list(d)[:3], list(reversed(d))[:3])

d = {}
for i in range(300):
    d[i] = 1
    if i % 3:
        d.popitem()
    if i % 7 == 0:
        d.pop(i, None)
print(sorted(d)[:5], len(d), list(reversed(d))[:4])


class A:
    pass


a = A()
a.x = 1
a.y = 2
print(a.__dict__.popitem())
a.z = 3
print(a.__dict__, list(reversed(a.__dict__)))
k = dict(a=1, b=2, c=3)
del k["b"]
print(k.popitem(), k.popitem(), k)
try:
    k.popitem()
except KeyError as e:
    print(e)
