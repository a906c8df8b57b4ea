"""Every dict method."""
def show(function, *args, **kwargs):
    try:
        print(repr(function(*args, **kwargs)))
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


d = {"a": 1, "b": 2}
print(d["a"], d.get("z"), d.get("z", 5), "a" in d, len(d), list(d), list(d.keys()), list(d.values()), list(d.items()))
print(d.setdefault("c", 3), d.setdefault("a", 9), d.pop("a"), d.pop("zz", None), d.popitem(), d)
d.update({"x": 1}, y=2)
d.update([("z", 3)])
d.update()
print(d, d.copy() == d, dict.fromkeys("ab"), dict.fromkeys([1, 2], 0), dict(a=1), dict([(1, 2)]), dict({"q": 1}, r=2), dict(zip("ab", [1, 2])))
print({"a": 1} | {"b": 2, "a": 3}, {1: 1} == {1: 1.0}, {1: 1, 2: 2} == {2: 2, 1: 1}, {} == {}, list(reversed({"a": 1, "b": 2})), d.__contains__("x"))
for f in (lambda: d["nope"], lambda: d.pop("nope"), lambda: {}.popitem(), lambda: d.update(5), lambda: d.update([1]), lambda: d.update([(1, 2, 3)]), lambda: dict([1]), lambda: dict(["abc"]), lambda: dict(5), lambda: {[]: 1}, lambda: d[[]], lambda: d.get([]), lambda: d < d, lambda: d + d, lambda: d | [1], lambda: d.get(), lambda: d.pop(), lambda: dict.fromkeys(5), lambda: d.setdefault(), lambda: dict(1, 2), lambda: d.nope, lambda: hash(d), lambda: d[1, 2], lambda: d[None], lambda: dict.fromkeys()):
    show(f)
d.clear()
print(d, bool(d))
