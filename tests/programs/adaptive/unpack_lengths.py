"""Unpacking of two names from everything."""
def two(x):
    a, b = x
    return a, b


for _ in range(100):
    two((1, 2))
for x in [(1, 2), [3, 4], "ab", {5: 1, 6: 2}, range(2), (n for n in (7, 8)), b"pq", iter([9, 10]), zip("a", "b"), (1, 2, 3), [1], (), "abc", 5, None, (n for n in (1,))]:
    try:
        print(two(x))
    except (ValueError, TypeError) as error:
        print(error)
    for _ in range(30):
        two([1, 2])
    for _ in range(30):
        two((1, 2))


def three(x):
    a, b, c = x
    return c


for _ in range(100):
    three([1, 2, 3])
print(three("xyz"), three((1, 2, 3)))
