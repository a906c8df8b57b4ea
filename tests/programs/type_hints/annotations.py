"""Annotations: where they are stored, when evaluated."""
def show(function, *args, **kwargs):
    try:
        print(repr(function(*args, **kwargs)))
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


x: int = 5
y: "forward"
z: list[int]
(w): str = "not stored"
print(__annotations__, x, "y" in globals())


def f(a: int, *b: "str", c: float = 1.0, **d: dict) -> None:
    local: undefined_name = 3
    other: int
    return local


print(f.__annotations__, f(1))


class C:
    a: int
    b: str = "b"
    self_ref: "C"

    def __init__(self):
        self.attr: int = 1
        self.d: dict[str, int] = 2


print(C.__annotations__, C.b, hasattr(C, "a"), C().attr)
d = {}
d["k"]: int = 4
print(d)


class D(C):
    pass


print(D.__annotations__, C.__annotations__ is D.__annotations__)
show(lambda: f.__annotations__.clear() or f.__annotations__)


def unbound():
    v: int
    return v


show(unbound)
print((lambda: 0).__annotations__)
try:
    exec("q: missing_type = 1")
except NameError as error:
    print(error)
