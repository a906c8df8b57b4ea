"""Dump code objects with their disassembly, as JSON lines.

    PYTHONHASHSEED=0 python3.13 scripts/code_golden.py FILE.py... > vm-core/tests/golden/code.jsonl

Each line holds a module's code object, and what `python3.13 -m dis` prints for it, plain and with caches and offsets.
"""
import dis
import io
import json
import os
import re
import struct
import sys
import types


def encode(value):
    match value:
        case None | bool():
            return value
        case int():
            return {"int": str(value)}
        case float():
            return {"float": value.hex(), "bits": str(int.from_bytes(struct.pack("<d", value), "little"))}
        case complex():
            return {"complex": [encode(value.real), encode(value.imag)]}
        case str():
            return {"str": value.encode("utf-8", "surrogatepass").hex()}
        case bytes():
            return {"bytes": value.hex()}
        case tuple():
            return {"tuple": [encode(v) for v in value]}
        case frozenset():
            return {"set": [encode(v) for v in value]}
        case types.CodeType():
            return {"code": code(value)}
        case _ if value is ...:
            return {"ellipsis": True}


def code(c):
    names = [c._varname_from_oparg(i) for i in range(len(set(c.co_varnames) | set(c.co_cellvars)) + len(c.co_freevars))]
    return {
        "argcount": c.co_argcount, "posonlyargcount": c.co_posonlyargcount, "kwonlyargcount": c.co_kwonlyargcount,
        "flags": c.co_flags, "stacksize": c.co_stacksize, "name": c.co_name, "qualname": c.co_qualname,
        "filename": c.co_filename, "firstlineno": c.co_firstlineno, "names": c.co_names, "locals": names,
        "varnames": c.co_varnames, "cells": c.co_cellvars, "free": c.co_freevars,
        "consts": [encode(v) for v in c.co_consts],
        "code": c.co_code.hex(), "lines": c.co_linetable.hex(), "exceptions": c.co_exceptiontable.hex(),
        "positions": hash_positions(c),
    }


def hash_positions(c):
    total = 0
    for position in c.co_positions():
        for number in position:
            total = (total * 31 + (-1 if number is None else number) + 2) % (1 << 32)
    return total


def listing(c, **options):
    out = io.StringIO()
    dis.dis(c, file=out, **options)
    return re.sub(r" at 0x[0-9a-f]+", " at 0x", out.getvalue())


def main():
    for name in sys.argv[1:]:
        try:
            with open(name, "rb") as file:
                c = compile(file.read(), os.path.basename(name), "exec", dont_inherit=True)
        except (SyntaxError, ValueError, RecursionError):
            continue
        json.dump({"code": code(c), "dis": listing(c), "all": listing(c, show_caches=True, show_offsets=True)},
                  sys.stdout, separators=(",", ":"))
        sys.stdout.write("\n")


if __name__ == "__main__":
    main()
