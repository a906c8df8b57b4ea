"""Literal, value, capture, wildcard and or-patterns."""
class Color:
    RED = 1
    GREEN = 2


def f(x):
    match x:
        case 0:
            return "zero"
        case 1 | 2 | 3:
            return "small"
        case -1:
            return "minus one"
        case 1.5 | -2.5:
            return "float"
        case 3 + 4j:
            return "complex"
        case "a" | "b":
            return "letter"
        case b"bytes":
            return "bytes"
        case None:
            return "none"
        case True:
            return "true"
        case str() as s if len(s) > 3:
            return f"long {s}"
        case str(s):
            return f"str {s}"
        case int(n) | float(n):
            return f"number {n}"
        case _:
            return "other"


for value in (0, False, 2, 1.0, True, -1, 1.5, -2.5, 3 + 4j, "a", "xyz", "hello", b"bytes", None, 99, 2.25, [], "concat" "ed"):
    print(repr(value), f(value))


def g(x):
    match x:
        case Color.RED:
            return "red"
        case Color.GREEN:
            return "green"
        case other:
            return other


print(g(1), g(2), g("q"))
match 5:
    case n:
        pass
print(n)
match = 3
case = match + 1
print(match, case)
match (1, 2):
    case (a, b) if a > b:
        print("greater")
    case (a, b) if a < b:
        print("less", a, b)
match match:
    case 3: print("soft keyword")
