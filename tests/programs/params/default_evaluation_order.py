"""When decorators, defaults, annotations and the body are evaluated."""
def log(text, value=None):
    print(text)
    return value


def decorate(text):
    log("make " + text)

    def apply(function):
        log("apply " + text)
        return function

    return apply


@decorate("outer")
@decorate("inner")
def f(a: log("annotation a", int), b: log("annotation b", str) = log("default b", 2), *,
      c: log("annotation c", 1) = log("default c", 3)) -> log("returns", None):
    log("body")
    return a, b, c


print(f(1))
print(f.__annotations__)


def order(*args, **kwargs):
    return args, kwargs


print(order(log("1", 1), *log("2", [2]), k=log("3", 3), **log("4", {"z": 4})))
(log("function", order))(log("argument"))
