"""The union operators, nested displays, dict from keys()."""
def show(function, *args, **kwargs):
    try:
        print(repr(function(*args, **kwargs)))
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


a = {"x": 1}
b = a
b |= {"y": 2}
b |= [("z", 3)]
print(a, a | {}, {} | {}, {**a, **{"x": 0}}, a is b)
show(lambda: a | [("q", 1)])
show(lambda: [("q", 1)] | a)


class HasKeys:
    def keys(self):
        return iter("ab")

    def __getitem__(self, key):
        return key.upper()


class NoGet:
    def keys(self):
        return ["a"]


print(dict(HasKeys()), {**HasKeys()}, dict(HasKeys(), c=1))
show(dict, NoGet())
show(lambda: {**NoGet()})
print({k: v for k, v in a.items() if v > 1}, dict(enumerate("ab")), dict(a.items()), dict(["ab", "cd"]), dict(((1, 2), [3, 4])))
print({1: {2: {3: {}}}}[1][2][3], {(1, 2): 3}[1, 2], {None: 0, (): 1}, {frozenset({1}): 2})
show(lambda: dict(**{1: 2}))
show(lambda: dict([("a",)]))
