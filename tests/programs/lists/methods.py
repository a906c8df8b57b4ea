"""Every list method, and error texts."""
def show(function, *args, **kwargs):
    try:
        print(repr(function(*args, **kwargs)))
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


a = [3, 1, 2]
a.append(4)
a.extend("ab")
a.extend(x for x in [9])
a.insert(0, "first")
a.insert(-1, "before last")
a.insert(100, "end")
print(a, a.pop(), a.pop(0), a.pop(-2), a)
a.remove("a")
print(a.index(4), a.count(1), a.index(2, 1), a.copy() == a, a.copy() is a)
a.reverse()
print(a)
b = [3, 1, 2]
print(b.sort(), b, b.sort(reverse=True), b, b.sort(key=lambda x: -x % 3), b)
for f in (lambda: b.remove(9), lambda: b.index(9), lambda: b.index(1, 5), lambda: b.pop(9), lambda: [].pop(), lambda: b.pop("a"), lambda: b.insert("a", 1), lambda: b.extend(5), lambda: b.append(), lambda: b.append(1, 2), lambda: b.sort(5), lambda: b.sort(key=5), lambda: b.insert(1), lambda: b + (1,), lambda: b * "a", lambda: b * 1.5, lambda: b < (1,), lambda: list(5), lambda: list(1, 2), lambda: b.nope, lambda: hash(b), lambda: b.count(), lambda: b.sort(nope=1), lambda: list(a=1)):
    show(f)
b.clear()
print(b, list(), list("ab"), list({1: 2}), [1] * 3, 2 * [0], [] * 5, [1] * -1, [1, 2] + [3], [1, 2] < [1, 3], [1] < [1, 0], [] < [0], [1, 2] == [1, 2], [1, [2]] == [1, [2.0]])
