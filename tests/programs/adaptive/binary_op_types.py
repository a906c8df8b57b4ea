"""One addition that sees many types after warming up on ints."""
def add(a, b):
    return a + b


results = []
for _ in range(100):
    add(1, 2)
for pair in [(1, 2), (1.5, 2.5), ("a", "b"), ([1], [2]), (1, 2.5), (2.5, 1), (True, 1), (1j, 1), ((1,), (2,)), (10 ** 30, 1), (1, 10 ** 30), (b"a", b"b")]:
    for _ in range(60):
        value = add(*pair)
    results.append(value)
print(results)
for _ in range(100):
    add("x", "y")
for pair in [("a", 1), (1, "a"), (None, 1), ([], ()), (1, None)]:
    try:
        add(*pair)
    except TypeError as error:
        print(error)
print(add(1, 2), add("a", "b"))
