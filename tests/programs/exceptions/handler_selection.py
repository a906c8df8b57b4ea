"""Which handler runs: order, subclasses, tuples, expressions evaluated lazily."""
def handler(name, kind):
    print("evaluate", name, end="; ")
    return kind


def run(error):
    try:
        raise error
    except handler("key", KeyError):
        return "key"
    except handler("lookup", LookupError) as e:
        return f"lookup {e}"
    except handler("tuple", (OSError, ArithmeticError)):
        return "tuple"
    except handler("any", Exception):
        return "any"


for error in (KeyError("k"), IndexError("i"), ZeroDivisionError(), FileNotFoundError("f"), ValueError("v")):
    print(run(error))
try:
    run(KeyboardInterrupt())
except BaseException as error:
    print(repr(error))


class Meta(type):
    def __instancecheck__(cls, instance):
        return True

    def __subclasscheck__(cls, sub):
        return True


class Fake(Exception, metaclass=Meta):
    pass


try:
    try:
        raise ValueError("not matched by hooks")
    except Fake:
        print("matched")
except ValueError as error:
    print(error)
dynamic = (KeyError,)
dynamic += (ValueError,)
try:
    int("x")
except dynamic as error:
    print("dynamic", type(error).__name__)
try:
    raise ValueError
except (): 
    print("never")
except ValueError:
    print("empty tuple matches nothing")
