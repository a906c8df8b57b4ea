"""except* on groups and on plain exceptions."""
def run(error):
    try:
        raise error
    except* ValueError as group:
        print("values", repr(group))
    except* (TypeError, KeyError) as group:
        print("types", repr(group))
    else:
        print("else")
    finally:
        print("finally")


run(ExceptionGroup("g", [ValueError(1), TypeError(2), ValueError(3)]))
run(ValueError("plain"))
try:
    run(ExceptionGroup("g", [OSError("os"), ValueError(1)]))
except ExceptionGroup as left:
    print("left", repr(left))
try:
    try:
        raise ExceptionGroup("g", [ValueError(1), KeyError(2)])
    except* ValueError:
        raise RuntimeError("new")
except ExceptionGroup as group:
    print(repr(group), repr(group.exceptions[0].__context__))
try:
    try:
        raise ExceptionGroup("g", [ValueError(1), KeyError(2)])
    except* ValueError:
        raise
except ExceptionGroup as group:
    print(repr(group))
try:
    pass
except* ValueError:
    print("never")
else:
    print("nothing raised")
try:
    try:
        raise ValueError(1)
    except* ExceptionGroup:
        pass
except TypeError as error:
    print(error)
