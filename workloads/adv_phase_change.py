"""Adversary: a program whose phases redefine globals, builtins, methods and class attributes that caches rely on.

Kind: adversary
Origin: written for this suite, against version tags and keys versions (PEP 509; PEP 659; V. Stinner, PEP 510)
Stresses: invalidation of cached globals, builtins, methods and class attributes; functions whose code, defaults or globals change
Test size: 44
"""

import sys

FULL_SIZE = 19_000

SCALE = 1


def transform(n):
    return n * SCALE + 1


def alternative(n):
    return n * SCALE - 1


active = transform


def compute(limit):
    """Reads globals and builtins at every step."""
    total = 0
    for n in range(limit):
        total += active(n) + len(TABLE) + abs(-n)
    return total


TABLE = [1, 2, 3]


class Base:
    factor = 2

    def scaled(self):
        return self.value * self.factor

    def tag(self):
        return 1


class Item(Base):
    def __init__(self, value):
        self.value = value

    def both(self):
        return self.scaled() + self.tag()


class Other:
    def tag(self):
        return 100


def use_items(items, rounds):
    total = 0
    for _ in range(rounds):
        for item in items:
            total += item.both()
            item.value = (item.value + 1) % 50
    return total


def with_default(n, step=1):
    return n + step


def call_defaults(rounds):
    n = 0
    for _ in range(rounds):
        n = with_default(n)
    return n


def double(n, step=1):
    return n + 2 * step


def main():
    global SCALE, active, TABLE
    phases = int(sys.argv[1]) if len(sys.argv) > 1 else FULL_SIZE
    items = [Item(n) for n in range(12)]
    original_code = with_default.__code__
    original_tag = Base.tag
    totals = [0] * 8
    for phase in range(phases):
        kind = phase % 8
        if kind == 0:
            SCALE = phase % 5 + 1
        elif kind == 1:
            active = alternative if active is transform else transform
        elif kind == 2:
            # A global of this name now shadows the builtin; the next branch removes it.
            globals()["len"] = lambda sequence: 1000
        elif kind == 3:
            globals().pop("len", None)
            TABLE = TABLE + [phase] if phase % 16 == 3 else TABLE[:3]
        elif kind == 4:
            Base.factor = 2.5 if isinstance(Base.factor, int) else phase % 3 + 1
            items[phase % 12].factor = 7
        elif kind == 5:
            Base.tag = lambda self: self.value % 3
            items[phase % 12].__dict__.pop("factor", None)
        elif kind == 6:
            Base.tag = original_tag
            Item.tag = Other.tag
            with_default.__defaults__ = (phase % 4 + 1,)
        else:
            if "tag" in Item.__dict__:
                del Item.tag
            with_default.__code__ = double.__code__ if with_default.__code__ is original_code else original_code
        totals[kind] += compute(60) + use_items(items, 8) + call_defaults(120)
    globals().pop("len", None)
    for kind, total in enumerate(totals):
        print(kind, f"{total:.2f}")


if __name__ == "__main__":
    main()
