"""try, except, else in their combinations."""
def run(action):
    try:
        print("try", end=" ")
        action()
    except ZeroDivisionError:
        print("zero", end=" ")
    except (TypeError, ValueError) as error:
        print("type-or-value", type(error).__name__, end=" ")
    except Exception:
        print("other", end=" ")
    else:
        print("else", end=" ")
    finally:
        print("finally")


run(lambda: 1)
run(lambda: 1 / 0)
run(lambda: int("x"))
run(lambda: len(5))
run(lambda: {}["k"])
try:
    try:
        raise KeyError("inner")
    except ValueError:
        print("not here")
    finally:
        print("cleanup")
except LookupError as error:
    print("outer", repr(error))
try:
    error
except NameError as missing:
    print(missing)
for i in range(3):
    try:
        if i == 1:
            continue
        print("body", i)
    finally:
        print("end", i)
