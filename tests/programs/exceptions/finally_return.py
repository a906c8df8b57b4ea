"""finally against return, break, continue and raise."""
def a():
    try:
        return "try"
    finally:
        print("finally a")


def b():
    try:
        return "try"
    finally:
        return "finally"


def c():
    try:
        raise ValueError
    finally:
        return "swallowed"


def d():
    for i in range(3):
        try:
            return i
        finally:
            continue
    return "end"


def e():
    while True:
        try:
            raise KeyError
        finally:
            break
    return "broke"


def f():
    x = 1
    try:
        return x
    finally:
        x = 2


def g():
    try:
        try:
            return "inner"
        finally:
            raise ValueError("from finally")
    except ValueError as error:
        return str(error)


def h():
    try:
        pass
    except ValueError:
        return "except"
    else:
        return "else"
    finally:
        print("finally h")


def i():
    for n in range(3):
        try:
            if n == 1:
                break
        finally:
            print("loop", n)
    return n


for function in (a, b, c, d, e, f, g, h, i):
    print(function.__name__, function())
