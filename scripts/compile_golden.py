"""Write what CPython 3.13 compiles source files to: a hash for each code object, as JSON lines.

    PYTHONHASHSEED=0 python3.13 scripts/compile_golden.py workloads/*.py > vm-core/tests/golden/compile.jsonl

A line holds the file's path and, outermost first, each code object's qualified name and FNV-1a hash over its listing (addresses
removed), location table, exception table, stack size, flags and argument counts. To see what differs, compare
`harness dis FILE` with `python3.13 -m dis FILE`.
"""
import dis
import io
import json
import re
import sys
import warnings


def fnv1a(data):
    value = 0xCBF29CE484222325
    for byte in data:
        value = (value ^ byte) * 0x100000001B3 & 0xFFFFFFFFFFFFFFFF
    return f"{value:016x}"


def walk(code, out):
    listing = io.StringIO()
    dis.dis(code, file=listing, depth=0)
    numbers = (code.co_stacksize, code.co_flags, code.co_argcount, code.co_posonlyargcount, code.co_kwonlyargcount)
    out.append([code.co_qualname, fnv1a(
        re.sub(r" at 0x[0-9a-f]+", " at 0x", listing.getvalue()).encode()
        + code.co_linetable + code.co_exceptiontable + repr(numbers).encode())])
    for constant in code.co_consts:
        if hasattr(constant, "co_code"):
            walk(constant, out)


warnings.simplefilter("ignore")
for path in sys.argv[1:]:
    try:
        with open(path, "rb") as file:
            module = compile(file.read(), path, "exec", dont_inherit=True)
    except (SyntaxError, ValueError, RecursionError):
        continue
    codes = []
    walk(module, codes)
    json.dump([path, codes], sys.stdout, separators=(",", ":"))
    print()
