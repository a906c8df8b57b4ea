"""keys, values and items views."""
def show(function, *args, **kwargs):
    try:
        print(repr(function(*args, **kwargs)))
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


d = {"a": 1, "b": 2}
k, v, i = d.keys(), d.values(), d.items()
print(k, v, i, len(k), "a" in k, 1 in v, ("a", 1) in i, ("a", 2) in i)
d["c"] = 3
print(k, v, i, list(reversed(k)), list(reversed(i)))
print(sorted(k & {"a", "z"}), sorted(k | ["q"]), sorted(k - {"a"}), sorted(k ^ {"a", "z"}), k == {"a", "b", "c"}, k <= {"a", "b", "c", "d"}, k.isdisjoint("xyz"))
print(sorted(i & {("a", 1)}), i == {("a", 1), ("b", 2), ("c", 3)}, k.mapping["a"], v == d.values(), k == d.keys(), {"x": 1}.items() <= {("x", 1), 5})
show(lambda: {"x": [1]}.items() == {("x", 1)})
show(lambda: k[0])
show(lambda: k.mapping.__setitem__("a", 1))
show(lambda: k & 5)
show(lambda: hash(k))
show(lambda: v & v)
show(lambda: {1: []}.items() | [])
show(lambda: k.add("x"))
print(iter(k).__length_hint__(), type(k).__name__, type(iter(v)).__name__, type(iter(i)).__name__)
