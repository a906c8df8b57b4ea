def f(x):
    match x:
        case 1 | -2 | 3 + 4j:
            return 1
        case "a" "b" | b"c" | None | True:
            return 2
        case a.b.c:
            return 3
        case []:
            return 4
        case [1, y] if y:
            return y
        case [first, *_, last]:
            return first, last
        case [*_, 3]:
            return 5
        case (a, b, *rest) as whole:
            return a, b, rest, whole
        case {}:
            return 6
        case {"k": v, a.b: [w], **others}:
            return v, w, others
        case {1: _}:
            return 7
        case Point():
            return 8
        case Point(1, y=2, z=[q, _]) | Point(q, _, _):
            return q
        case [(a, b) | [b, 1, a], _]:
            return a, b
        case str(s) | [s]:
            return s
        case _ if x:
            return 9
        case _:
            return 10


match y:
    case {"a": 1}:
        z = 1

match y:
    case anything:
        pass

while y:
    match y:
        case [1, 2, 3]:
            break
        case _:
            continue
