"""dataclasses."""
from dataclasses import FrozenInstanceError, asdict, astuple, dataclass, field, fields, replace


@dataclass
class P:
    x: int
    y: int = 0
    tags: list = field(default_factory=list, compare=False)

    def __post_init__(self):
        self.tags.append("made")


@dataclass(order=True, frozen=True, slots=True)
class Q:
    a: int
    b: str = "b"


p = P(1)
print(p, p == P(1), asdict(p), astuple(p), replace(p, x=5), [f.name for f in fields(P)], P.__match_args__)
print(Q(1) < Q(2), Q(1) == Q(1), hash(Q(1)) == hash(Q(1)), sorted([Q(2), Q(1)]))
try:
    Q(1).a = 5
except FrozenInstanceError as error:
    print(type(error).__name__, error)
try:
    @dataclass
    class Bad:
        x: list = []
except ValueError as error:
    print(error)


@dataclass(kw_only=True)
class K(P):
    z: int


print(K(1, z=3), K(x=1, y=2, z=3))
