"""Bindings made by failed patterns, guards with effects, no fall-through."""
def show(function, *args, **kwargs):
    try:
        print(repr(function(*args, **kwargs)))
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


def guard(x):
    print("guard", x, end=" ")
    return x > 2


for v in (1, 3):
    match v:
        case n if guard(n):
            print("matched", n)
        case n if guard(n + 1):
            print("second", n)
        case _:
            print("default", n)


def unbound(v):
    match v:
        case [a, 2]:
            pass
        case _:
            pass
    return a


show(unbound, [1, 2])
show(unbound, [1, 3])
show(unbound, 5)


def no_match(v):
    match v:
        case 1:
            return "one"


print(no_match(2))


class Noisy:
    def __eq__(self, other):
        print("eq", other, end=" ")
        return other == "c"


match Noisy():
    case "a" | "b":
        print("ab")
    case "c":
        print("c")


class Seq:
    def __len__(self):
        print("len")
        return 1

    def __getitem__(self, i):
        return i


match Seq():
    case [x]:
        print("sequence")
    case _:
        print("not registered")
for command in ("go north", "take lamp now", "quit", ""):
    match command.split():
        case ["go", ("north" | "south") as direction]:
            print("going", direction)
        case ["take", *things]:
            print("taking", things)
        case ["quit"]:
            print("bye")
        case _:
            print("what?")
