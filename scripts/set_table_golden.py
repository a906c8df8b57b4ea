"""Remakes vm-core/src/object/golden/set_table.txt: random operations on two sets and the order in which CPython then walks them.

Run with CPython 3.13. Keys are integers, which hash to themselves, so the order does not depend on a hash seed.
"""

import pathlib
import random

OPERATIONS = {
    "update": lambda a, b: a.update(b),
    "difference_update": lambda a, b: a.difference_update(b),
    "symmetric_difference_update": lambda a, b: a.symmetric_difference_update(b),
    "intersection_update": lambda a, b: a.intersection_update(b),
    "union": lambda a, b: a | b,
    "intersection": lambda a, b: a & b,
    "difference": lambda a, b: a - b,
    "symmetric_difference": lambda a, b: a ^ b,
    "copy": lambda a, b: a.copy(),
}


def run(random, steps, span, out):
    a, b = set(), set()
    key = lambda: random.choice((random.randrange(span), random.randrange(span) * 64, random.randrange(-span, span), random.getrandbits(60)))
    out.append("new")
    for _ in range(steps):
        what = random.random()
        if what < 0.55:
            keys = [key() for _ in range(random.randrange(1, 12))]
            a.update(keys)
            out.append("add " + " ".join(map(str, keys)))
        elif what < 0.75 and a:
            keys = random.sample(list(a), min(len(a), random.randrange(1, 10)))
            for k in keys:
                a.discard(k)
            out.append("discard " + " ".join(map(str, keys)))
        elif what < 0.8 and a:
            out.append(f"pop {a.pop()}")
        elif what < 0.9:
            a, b = b, a
            out.append("exchange")
        else:
            name = random.choice(list(OPERATIONS))
            result = OPERATIONS[name](a, b)
            if result is not None:
                a = result
            out.append(name)
        if random.random() < 0.3:
            out.append("walk " + " ".join(map(str, a)))
    out.append("walk " + " ".join(map(str, a)))
    out.append(f"hash {hash(frozenset(a))}")


def main():
    r = random.Random(1)
    out = ["# Made by scripts/set_table_golden.py with CPython 3.13."]
    for i in range(25):
        run(r, 30, r.choice((8, 30, 200, 2000)), out)
    path = pathlib.Path(__file__).parent.parent / "vm-core/src/object/golden/set_table.txt"
    path.write_text("\n".join(out) + "\n")


main()
