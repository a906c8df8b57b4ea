"""Dump what CPython 3.13's flow graph and assembler do to instruction sequences, as JSON lines.

    python3.13 scripts/flow_golden.py FILE.py... > vm-core/tests/golden/flow.jsonl

Each line holds one unoptimised sequence (`compiler_codegen`), the optimised one (`optimize_cfg`) and the code object
assembled from the unoptimised one (`assemble_code_object`). Nested sequences come without their constants and variables,
so those are made up.
"""
import _testinternalcapi as internal
import ast
import json
import opcode
import random
import sys

LOCAL = {opcode.opmap[n] for n in (
    "DELETE_FAST LOAD_FAST LOAD_FAST_AND_CLEAR LOAD_FAST_CHECK STORE_FAST STORE_FAST_MAYBE_NULL").split()}
CELL = {opcode.opmap[n] for n in (
    "LOAD_CLOSURE LOAD_DEREF STORE_DEREF DELETE_DEREF LOAD_FROM_DICT_OR_DEREF").split()}
CONST = opcode.opmap["LOAD_CONST"]


def encode(value):
    if isinstance(value, str):
        # JSON readers refuse lone surrogates.
        return value.encode("utf-8", "backslashreplace").decode()
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, tuple):
        return [encode(v) for v in value]
    return {"other": f"{type(value).__name__} {value!r}", "true": bool(value)}


def dump(seq, consts, out):
    rng = random.Random(repr(seq.get_instructions()))
    instrs = seq.get_instructions()
    args = lambda ops: max((i[1] for i in instrs if i[0] in ops), default=-1) + 1
    if consts is None:
        special = [None, True, False, 0, ""]
        rng.shuffle(special)
        consts = [special.pop() if special and rng.random() < 0.3 else f"constant {i}"
                  for i in range(args({CONST}))]
    nlocals = args(LOCAL)
    ncells = args(CELL)
    cells = rng.randint(0, ncells)
    varnames = [f"v{i}" for i in range(nlocals)]
    cellvars = [f"c{i}" for i in range(cells)]
    for i in rng.sample(range(nlocals), min(nlocals, cells) // 2):
        cellvars[rng.randrange(cells)] = varnames[i]
    cellvars = list(dict.fromkeys(cellvars)) if len(set(cellvars)) == cells else [f"c{i}" for i in range(cells)]
    freevars = [f"f{i}" for i in range(ncells - cells)]
    after = list(consts)
    optimized = internal.optimize_cfg(seq, after, nlocals)
    meta = {
        "name": "x", "qualname": "x", "names": {}, "fasthidden": {},
        "consts": {c: i for i, c in enumerate(after)} if all(type(c) is str for c in after) else {},
        "varnames": {n: i for i, n in enumerate(varnames)},
        "cellvars": {n: i for i, n in enumerate(cellvars)},
        "freevars": {n: i + len(cellvars) for i, n in enumerate(freevars)},
        "argcount": 0, "posonlyargcount": 0, "kwonlyargcount": 0, "firstlineno": 1,
    }
    code = internal.assemble_code_object("x.py", seq, meta)
    json.dump({
        "instrs": instrs, "consts": [encode(c) for c in consts],
        "varnames": varnames, "cellvars": cellvars, "freevars": freevars,
        "optimized": optimized.get_instructions(), "optimized_consts": [encode(c) for c in after],
        "code": code.co_code.hex(), "lines": code.co_linetable.hex(), "exceptions": code.co_exceptiontable.hex(),
        "stacksize": code.co_stacksize,
    }, out, separators=(",", ":"))
    out.write("\n")


def walk(seq, consts, out):
    dump(seq, consts, out)
    for nested in seq.get_nested():
        walk(nested, None, out)


for name in sys.argv[1:]:
    try:
        with open(name, "rb") as file:
            tree = ast.parse(file.read())
        seq, meta = internal.compiler_codegen(tree, "x.py", -1)
    except (SyntaxError, ValueError, RecursionError):
        continue
    walk(seq, list(meta["consts"]), sys.stdout)
