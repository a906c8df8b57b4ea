"""is, in, not in."""
def show(function, *args, **kwargs):
    try:
        print(repr(function(*args, **kwargs)))
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


a = [1, float("nan")]
nan = a[1]
print(nan in a, nan == nan, nan is nan, [nan] == [nan], (nan,) == (nan,), {nan: 1} == {nan: 1}, a.index(nan), a.count(nan))
print(1 in [1.0], True in [1], "a" in "abc", "" in "abc", "ac" in "abc", b"a" in b"abc", 97 in b"abc", 5 in range(0, 10, 5))
print("k" in {"k": 1}, 1 in {"k": 1}.values(), ("k", 1) in {"k": 1}.items(), 3 in {1, 2}, (1, 2) in [(1, 2)])
print(None is None, [] is [], tuple() is tuple([]), 1 not in [2], None in [None], {1} in [{1}])
show(lambda: 1 in "abc")
show(lambda: "a" in b"abc")
show(lambda: [] in {1})
show(lambda: [] in {1: 1})
show(lambda: 1 in None)
show(lambda: 256 in b"a")
print({1} in {frozenset({1})}, 1.5 in range(3), "a" in range(3), 1.0 in range(3))
