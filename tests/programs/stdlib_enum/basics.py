"""enum."""
from enum import Enum, Flag, IntEnum, StrEnum, auto, unique


class Color(Enum):
    RED = 1
    GREEN = 2
    CRIMSON = 1

    def describe(self):
        return f"{self.name} {self.value}"


class P(Flag):
    R = auto()
    W = auto()


class N(IntEnum):
    ONE = 1
    TWO = auto()


class S(StrEnum):
    A = auto()


print(Color.RED, repr(Color.RED), Color.CRIMSON is Color.RED, list(Color), Color(2), Color["GREEN"], Color.RED.describe(), len(Color), Color.RED in Color)
print(P.R | P.W, repr(P.R | P.W), P.R in (P.R | P.W), P(0), N.TWO + 1, N.ONE < N.TWO, S.A, f"{S.A}", {Color.RED: 1}[Color(1)])
for bad in (lambda: Color(9), lambda: Color["NO"], lambda: setattr(Color, "RED", 5), lambda: Color.RED.value.x):
    try:
        bad()
    except Exception as error:
        print(type(error).__name__, error)
