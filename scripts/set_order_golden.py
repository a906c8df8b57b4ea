"""Write constant sets as they stand in a source and as CPython 3.13 iterates over them, as JSON lines.

    PYTHONHASHSEED=0 python3.13 scripts/set_order_golden.py > vm-core/tests/golden/set_order.jsonl

No string looks like an identifier: if one were already interned somewhere, CPython would build the set once more.
"""
import json
import random

rng = random.Random(5)
KINDS = [
    lambda: rng.randrange(-5, 40),
    lambda: rng.randrange(2**40),
    lambda: "-" + "".join(rng.choice("abcé€😀xyz") for _ in range(rng.randrange(0, 6))),
    lambda: rng.random() * 100,
    lambda: rng.choice([None, True, (1, 2), ("-a", "-b"), b"xy", -1, -2, 2**61 - 1, 1.5, 2j]),
]
TAGS = {bool: "t", int: "i", str: "s", float: "r"}


def encode(value):
    match value:
        case None: return "n"
        case True: return "t"
        case bytes(): return "b" + value.decode()
        case complex(): return f"c{value.imag}"
        case tuple(): return "(" + ",".join(map(encode, value))
        case _: return TAGS[type(value)] + (repr(value) if isinstance(value, float) else str(value))


for _ in range(200):
    kinds = rng.choice([[0], [1], [2], range(5)])
    items = [KINDS[rng.choice(kinds)]() for _ in range(rng.choice([2, 3, 4, 5, 6, 8, 10, 20, 40, 70]))]
    code = compile("x in {%s}" % ", ".join(map(repr, items)), "x", "eval")
    folded, = (c for c in code.co_consts if isinstance(c, frozenset))
    print(json.dumps([[encode(v) for v in items], [encode(v) for v in folded]]))
