"""Sequence patterns."""
def f(x):
    match x:
        case []:
            return "empty"
        case [1]:
            return "one"
        case [a]:
            return f"single {a}"
        case [1, *rest]:
            return f"starts with one {rest}"
        case [*_, 9]:
            return "ends with nine"
        case [x, [y, z]] | (x, {"y": y, "z": z}):
            return f"nested {x} {y} {z}"
        case (a, b):
            return f"pair {a} {b}"
        case [first, *middle, last]:
            return f"{first} {middle} {last}"
        case _:
            return "no"


for value in ([], (), [1], [5], (1, 2, 3), [1, *range(2)], [7, 8, 9], [1.0], [2, [3, 4]], [2, {"y": 5, "z": 6}], "ab", b"ab", bytearray(b"a"), range(2), range(4), {1, 2}, {1: 2}, iter([1]), 5, [4, 5, 6, 7]):
    print(type(value).__name__, f(value))
match [1, [2, 3, [4]]]:
    case [a, [b, *c]]:
        print(a, b, c)
match 1, 2:
    case a, b:
        print("bare", a, b)
match [1, 2]:
    case 1, *_:
        print("star")
