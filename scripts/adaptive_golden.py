"""Dump a module's code after it has run, with the listing of its specialised form, as one JSON line.

    PYTHONHASHSEED=0 python3.13 scripts/adaptive_golden.py > vm-core/tests/golden/adaptive.jsonl
"""
import json
import sys

from code_golden import code, listing

SOURCE = """
def add(x, y): return x + y

class Point:
    def __init__(self, x): self.x = x
    def get(self): return self.x

def loop(n):
    total = 0
    p = Point(3)
    for i in range(n):
        if p.get() > 1 and not total < 0:
            total += len([i]) * p.x
        a, b = (i, total)
    return total

for i in range(100):
    add(i, i)
    loop(i)
"""


def adaptive(c, out):
    out.append(c._co_code_adaptive.hex())
    for constant in c.co_consts:
        if hasattr(constant, "co_code"):
            adaptive(constant, out)


c = compile(SOURCE, "adaptive.py", "exec")
exec(c, {"__name__": "adaptive"})
forms = []
adaptive(c, forms)
json.dump({"code": code(c), "adaptive": forms,
           "dis": listing(c, adaptive=True), "caches": listing(c, adaptive=True, show_caches=True)}, sys.stdout)
print()
