# symtable: what it says of names, in every kind of block.
import symtable

SOURCE = '''
import os, sys as system
from math import pi
x: int = 1
y = 2
def f(a, b=1, *args, c, d=2, **kw) -> int:
    global x, g
    x = a
    local = b
    def inner(p):
        nonlocal local
        local = p
        return a + y + len(kw)
    lam = lambda q: q + local
    listed = [i for i in args if i]
    gen = (j for j in listed)
    return inner, lam
class C(object):
    attr = 1
    __private = 2
    def method(self, v):
        self.x = attr
        return super().method(__class__, v)
    @staticmethod
    def s(): pass
async def co():
    await x
    yield 1
def generic[T: int, *Ts](v: T) -> T:
    return v
type Alias[K] = dict[K, int]
for z in range(3): del z
try: pass
except Exception as e: pass
with open("f") as fh: pass
if (w := 1): pass
'''


def show(table, indent=0):
    pad = "  " * indent
    print(pad, table.get_type().value, table.get_name(), table.get_lineno(), "optimized" * table.is_optimized(), "nested" * table.is_nested(),
          "children" * table.has_children(), sorted(table.get_identifiers()))
    if isinstance(table, symtable.Function):
        print(pad, "  parameters", table.get_parameters(), "locals", sorted(table.get_locals()), "globals", sorted(table.get_globals()),
              "frees", sorted(table.get_frees()), "nonlocals", sorted(table.get_nonlocals()))
    if isinstance(table, symtable.Class):
        print(pad, "  methods", table.get_methods())
    for s in sorted(table.get_symbols(), key=lambda s: s.get_name()):
        flags = [n for n in ("referenced", "parameter", "global", "nonlocal", "declared_global", "local", "annotated", "free", "imported", "assigned", "namespace")
                 if getattr(s, "is_" + n)()]
        print(pad, "   ", s.get_name(), *flags)
    for child in table.get_children():
        show(child, indent + 1)


show(symtable.symtable(SOURCE, "source.py", "exec"))
top = symtable.symtable("a + b", "?", "eval")
print(top, top.get_symbols(), top.lookup("a").is_global(), top.get_id() == top.get_id())
top = symtable.symtable("def f(): return 1\n", "?", "single")
print(top.lookup("f").get_namespace(), top.lookup("f").get_namespaces())
for bad in ("x = ", "def f(a, a): pass", "nonlocal q", "def f():\n  x = 1\n  global x"):
    try:
        symtable.symtable(bad, "bad.py", "exec")
    except SyntaxError as e:
        print(e.msg, e.filename, e.lineno, e.offset)
for args in (("x", "?", "nope"), (3, "?", "exec"), ("x\0", "?", "exec")):
    try:
        symtable.symtable(*args)
    except Exception as e:
        print(type(e).__name__, e)
try:
    top.lookup("zzz")
except KeyError as e:
    print("KeyError", e)
