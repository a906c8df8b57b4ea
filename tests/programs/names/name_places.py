"""Names of module and class bodies that move: bound, unbound, bound again elsewhere, hidden builtins, one code in several namespaces."""
import builtins

# A name that is unbound and bound again lies behind the others.
a = 1
b = 2
c = 3
for turn in range(4):
    del a
    try:
        a
    except NameError as error:
        print(turn, error)
    a = turn * 10
    print(a, b, c, list(globals())[-4:])

# A builtin that is hidden and shown again, in a loop whose instructions run each time.
for turn in range(6):
    if turn == 2:
        len = lambda value: "hidden"
    if turn == 4:
        del len
    print(turn, len("abc"))

# A builtin that is replaced, removed and put back.
builtins.later = "first"
for turn in range(7):
    try:
        print(turn, later)
    except NameError as error:
        print(turn, error)
    if turn == 1:
        builtins.later = "second"
    elif turn == 2:
        del builtins.later
    elif turn == 3:
        builtins.another = 0
        builtins.later = "third"
    elif turn == 4:
        later = "of the module"
    elif turn == 5:
        del later
del builtins.later, builtins.another

# One code object in namespaces of different layouts.
code = compile("x = x + 1\ny = x * 2\nz = max(x, y)", "<names>", "exec")
spaces = [{"x": 1}, {"y": 0, "x": 5}, {"z": 1, "y": 2, "w": 3, "x": 7}, {"max": min, "x": 3}, {"x": 1}]
for turn in range(3):
    for space in spaces:
        exec(code, space)
        print(turn, {key: value for key, value in space.items() if key in "wxyz"})
    spaces[1].pop("x")
    spaces[1]["x"] = 100
    spaces[2].clear()
    spaces[2]["x"] = 50

# The same with other locals than globals, with builtins of their own, and with a mapping that is no dict.
class Logged(dict):
    def __missing__(self, key):
        if key == "max":
            raise KeyError(key)
        return 40


for space in ({"x": 2}, Logged(), Logged(x=9)):
    exec(code, {"max": lambda a, b: (a, b)}, space)
    print(sorted(space.items()))
exec(code, {"__builtins__": {"max": lambda a, b: "own"}, "x": 1}, inner := {})
print(inner)
try:
    exec(code, {"__builtins__": {}, "x": 1}, inner := {})
except NameError as error:
    print(error, inner)

# Class bodies that run again and again.
kinds = []
for turn in range(4):
    class Kind:
        if turn % 2:
            first = turn
        size = len("body")
        if turn > 1:
            len = str
        second = len((turn,)) if turn < 2 else len(turn)
        third = locals().get("first", "none"), size, second
        if turn == 3:
            del len
            fourth = len("again")

    kinds.append(Kind)
print([(k.third, getattr(k, "fourth", None)) for k in kinds])

# Many names: the table grows while the instructions stay.
for turn in range(3):
    for i in range(300):
        globals()[f"grown_{turn}_{i}"] = i
    print(a, b, c, turn, len("ok"), grown_0_7)
for name in [name for name in globals() if name.startswith("grown_")]:
    del globals()[name]
print(a, b, c)
exec("for k in range(3):\n    q = k\n    print(q, k, b)\n    del q\n    b2 = k")
