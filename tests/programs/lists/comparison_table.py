"""Comparison of sequences, element by element."""
def show(function, *args, **kwargs):
    try:
        print(repr(function(*args, **kwargs)))
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


pairs = [([], []), ([1], [1, 2]), ([2], [1, 2]), ([1, 2], [1, 2]), ((1, 2), (1, 3)), ("ab", "b"), ([1, "a"], [2, 5]), ((), (0,)), ([[1]], [[1, 0]]), (b"a", b"ab")]
for a, b in pairs:
    print(a, b, a < b, a <= b, a == b, a != b, a > b, a >= b)
print([1] == (1,), (1,) == [1], "a" == ["a"], range(3) == [0, 1, 2], range(3) == range(0, 3, 1), {1} == frozenset({1}), {} == [], [1, 2] != [2, 1])
show(lambda: [1] < (1,))
show(lambda: [1, "a"] < [1, 2])
show(lambda: (1,) < 5)
show(lambda: [None] <= [None])
show(lambda: [None, 1] < [None, 2])
