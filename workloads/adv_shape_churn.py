"""Adversary: instances of one class whose attributes appear in ever different orders, vanish, and come back.

Kind: adversary
Origin: written for this suite, against maps and shared keys (C. Chambers, D. Ungar and E. Lee, OOPSLA 1989; PEP 412)
Stresses: attribute caches keyed by layout, instance dicts that stop sharing keys, deletion, __dict__ access, __class__ assignment, more attributes than fit inline
Test size: 140
"""

import sys

FULL_SIZE = 36_000

NAMES = ["alpha", "beta", "gamma", "delta", "epsilon", "zeta"]


class Thing:
    """Its attributes are set from outside, in any order."""

    default = 1

    def total(self):
        return self.alpha + self.beta * 2 + self.gamma * 3

    def bump(self, amount):
        self.alpha += amount
        self.gamma = self.beta - amount
        return self


class Twin:
    default = 2

    def total(self):
        return self.alpha - self.beta

    def bump(self, amount):
        self.alpha -= amount
        return self


class Wide:
    def __init__(self, count):
        for i in range(count):
            self.__dict__[f"field{i}"] = i
        self.alpha, self.beta, self.gamma = 1, 2, 3

    total = Thing.total
    bump = Thing.bump


def permutation(n):
    names = NAMES[:]
    order = []
    while names:
        n, i = divmod(n, len(names))
        order.append(names.pop(i))
    return order


def build(n):
    thing = Thing()
    for i, name in enumerate(permutation(n)):
        setattr(thing, name, (n + i) % 23)
    return thing


def build_conditionally(n):
    thing = Thing()
    if n & 1:
        thing.alpha = n
    if n & 2:
        thing.extra = n
    thing.beta = n % 7
    if n & 4:
        thing.gamma = 0
    if not n & 1:
        thing.alpha = -n
    if not n & 4:
        thing.gamma = 1
    return thing


def churn(thing, n):
    kind = n % 7
    if kind == 0:
        del thing.beta
        thing.beta = n % 11
    elif kind == 1:
        thing.__dict__["alpha"] = n % 13
    elif kind == 2:
        thing.__class__ = Twin if type(thing) is Thing else Thing
    elif kind == 3:
        thing.__dict__ = dict(sorted(thing.__dict__.items(), reverse=n % 2 == 0))
    elif kind == 4:
        thing.default = thing.default + 1
    elif kind == 5 and "default" in vars(thing):
        del thing.default
    else:
        setattr(thing, f"fresh{n % 40}", n)
    return thing


def use(things):
    total = 0
    for thing in things:
        total += thing.bump(1).total() + thing.default if hasattr(thing, "default") else thing.total()
    return total


def main():
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else FULL_SIZE
    total = 0
    long_lived = [build(n) for n in range(24)]
    for n in range(rounds):
        things = [build(n * 7 % 720), build_conditionally(n), build_conditionally(n // 3), Wide(n % 45)]
        total += use(things)
        for i, thing in enumerate(long_lived):
            if (n + i) % 5 == 0:
                churn(thing, n + i * 3)
        total += use(long_lived)
        total %= 10_000_019
    shapes = {tuple(vars(thing)) for thing in long_lived}
    print("total:", total)
    print("shapes:", len(shapes), "widest:", max(len(shape) for shape in shapes))
    print("defaults:", [thing.default for thing in long_lived])


if __name__ == "__main__":
    main()
