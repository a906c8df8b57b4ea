"""A comparison that changes operand types."""
def less(a, b):
    if a < b:
        return "less"
    return "not less"


def equal(a, b):
    return "equal" if a == b else "different"


for _ in range(100):
    less(1, 2), equal(1, 1)
for a, b in [(1, 2), (2.5, 1.5), ("a", "b"), (1, 1.5), ([1], [2]), (2 ** 70, 2 ** 71), (-(2 ** 70), 1), (True, False), ((1, 2), (1, 3)), (float("nan"), 1.0), (1, 1)]:
    for _ in range(50):
        results = less(a, b), equal(a, b)
    print(a, b, *results)


class Weird:
    def __lt__(self, other):
        return []

    def __eq__(self, other):
        return "truthy"


print(less(Weird(), 1), equal(Weird(), 1), less(1, 2))
try:
    less(1, "a")
except TypeError as error:
    print(error)
