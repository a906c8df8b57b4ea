"""Specialised iteration while the container changes."""
def run(items, action):
    seen = 0
    for x in items:
        seen += 1
        if seen > 300:
            break
        action(items, x)
    return seen


for _ in range(60):
    run([1, 2, 3], lambda l, x: None)
a = [1, 2, 3]
print(run(a, lambda l, x: l.append(x)), len(a))
b = list(range(10))
print(run(b, lambda l, x: l.pop()), b)
c = [1, 2, 3]
print(run(c, lambda l, x: l.clear()), c)
d = [3, 1, 2]
print(run(d, lambda l, x: l.sort()), d)
e = {1: 1}
try:
    run(e, lambda m, x: m.update({x + 1: 0}))
except RuntimeError as error:
    print(error)
