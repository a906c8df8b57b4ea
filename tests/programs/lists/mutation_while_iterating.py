"""Iteration over a list that changes."""
a = [1, 2, 3, 4]
for x in a:
    if x < 3:
        a.append(x + 10)
    print(x, end=" ")
print(a)
b = [1, 2, 3, 4]
for x in b:
    b.remove(x)
print(b)
it = iter([1, 2])
print(list(it), list(it), next(it, "done"))
c = []
i = iter(c)
print(next(i, "empty"))
c.append(1)
print(next(i, "still exhausted"))
r = reversed([1, 2, 3])
print(next(r), list(r))
d = [3, 2, 1]
try:
    d.sort(key=lambda x: d.append(x) or x)
except ValueError as error:
    print(error)
print(sorted(d))


class Evil:
    def __lt__(self, other):
        items.clear()
        return True


items = [Evil(), Evil()]
try:
    items.sort()
except ValueError as error:
    print(error)
e = [1, 2, 3]
print([e.pop() for _ in range(len(e))], e)
