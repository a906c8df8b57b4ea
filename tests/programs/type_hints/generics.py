"""PEP 695 type parameters and type aliases."""
def show(function, *args, **kwargs):
    try:
        print(repr(function(*args, **kwargs)))
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


def first[T](items: list[T]) -> T:
    return items[0]


class Box[T]:
    def __init__(self, value: T):
        self.value = value

    def get(self) -> T:
        return self.value


type Pair[A] = tuple[A, A]
type Number = int | float
type Recursive = list[Recursive] | int


def bounded[T: int, *Ts, **P](x: T) -> T:
    return x


print(first([1, 2]), first.__type_params__, Box.__type_params__, Box(3).get(), bounded.__type_params__)
print(Pair, Pair.__type_params__, Pair.__value__, Number.__value__, type(Number).__name__, Number.__name__, Recursive)
T, = first.__type_params__
print(T, T.__name__, T.__bound__, bounded.__type_params__[0].__bound__, type(T).__name__)
print(Pair[int], Box.__name__)


def constrained[S: (int, str), D = bool](x: S): pass


print(constrained.__type_params__[0].__constraints__, constrained.__type_params__[1].__default__)
show(lambda: isinstance(1, Number))
show(lambda: Number())
