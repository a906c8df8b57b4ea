#!/usr/bin/env python3
"""Compares the statistics of `harness trace --format pystats` with those of a CPython 3.13 built with `./configure --enable-pystats`.

    python3.13 scripts/compare_pystats.py [-v] PYTHON HARNESS [FILE…]

Without files: the workloads at test size. PYTHON is the executable of that build; the Python that runs this script compiles the programs
for it, so that the bytecode can be that of another 3.13 release. What the wrapper around the program executes is measured with an empty
program and subtracted. Per opcode: executions; an opcode that makes up more
than 0.1 % of CPython's executions may differ by 1 %. With -v also the specialiser's counters (hits, misses, deferred, failure kinds, …)
and what differs in them. VARIANT in the environment chooses the cell (default: specialized). The exit status is 1 if an opcode is beyond.
"""
import json
import marshal
import os
import re
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VARIANT = os.environ.get("VARIANT", "specialized")
WRAPPER = """
import marshal, math, os, sys, types
path = sys.argv[2]
code = marshal.loads(bytes.fromhex(open(sys.argv[1]).read()))
sys.argv = sys.argv[2:]
sys.path[0] = os.path.dirname(os.path.abspath(path))
main = types.ModuleType("__main__")
main.__file__ = path
sys.modules["__main__"] = main
sys.stdout = open(os.devnull, "w")
sys._stats_clear()
sys._stats_on()
try:
    exec(code, main.__dict__)
except SystemExit:
    pass
sys._stats_off()
sys._stats_dump()
"""
LINE = re.compile(r"^ *opcode\[(\w+)\]\.(execution_count|specialization\.\w+(?:\[\d+\])?) : (\d+)$", re.M)


def statistics(text):
    return {(op, what): int(n) for op, what, n in LINE.findall(text)}


def in_cpython(python, file, args):
    folder, name = os.path.split(file)
    with open(file, "rb") as source, tempfile.NamedTemporaryFile("w", suffix=".hex") as compiled:
        compiled.write(marshal.dumps(compile(source.read(), name, "exec")).hex())
        compiled.flush()
        return run([python, "-c", WRAPPER, compiled.name, name, *args], folder)


def in_harness(harness, file, args):
    folder, name = os.path.split(file)
    return run([harness, "trace", "--variant", VARIANT, "--format", "pystats", name, *args], folder)


def run(command, folder):
    environment = {**os.environ, "PYTHONHASHSEED": "0"}
    result = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    return statistics(result.stdout) or statistics(result.stderr)


def main(arguments):
    verbose = "-v" in arguments
    python, harness, *files = [a for a in arguments if a != "-v"]
    python, harness = os.path.abspath(python), os.path.abspath(harness)
    work = [(os.path.abspath(file), []) for file in files]
    if not files:
        folder = os.path.join(ROOT, "workloads")
        with open(os.path.join(folder, "workloads.json")) as manifest:
            work = [(os.path.join(folder, w["file"]), [str(w["test_size"])]) for w in json.load(manifest)["workloads"]]
    opcodes = beyond = 0
    with tempfile.NamedTemporaryFile("w", suffix=".py") as empty:
        theirs, ours = in_cpython(python, empty.name, []), in_harness(harness, empty.name, [])
        wrapper = {key: theirs.get(key, 0) - ours.get(key, 0) for key in theirs.keys() | ours.keys()}
    for file, args in work:
        name = os.path.basename(file)
        theirs, ours = in_cpython(python, file, args), in_harness(harness, file, args)
        for key, n in wrapper.items():
            theirs[key] = theirs.get(key, 0) - n
        total = sum(n for (_, what), n in theirs.items() if what == "execution_count")
        if not theirs or not ours:
            print(f"{name}: no statistics from {'CPython' if not theirs else 'the harness'}")
            beyond += 1
            continue
        rows = []
        for op in sorted({op for op, what in theirs.keys() | ours.keys() if what == "execution_count"}):
            a, b = theirs.get((op, "execution_count"), 0), ours.get((op, "execution_count"), 0)
            if max(a, b) > total / 1000:
                opcodes += 1
                if abs(a - b) > a / 100:
                    rows.append(f"    {op}: {a} in CPython, {b} here ({b / a - 1 if a else 1:+.1%})")
        beyond += len(rows)
        mine = sum(n for (_, what), n in ours.items() if what == "execution_count")
        print(f"{name}: {total} executions in CPython, {mine} here ({mine / total - 1:+.2%}); {len(rows)} opcodes beyond 1 %")
        print("\n".join(rows), end="\n" if rows else "")
        if verbose:
            for key in sorted(theirs.keys() | ours.keys()):
                a, b = theirs.get(key, 0), ours.get(key, 0)
                # CPython 3.13 takes the word behind the instruction for its counter when it counts deopts.
                if key[1] not in ("execution_count", "specialization.deopt") and abs(a - b) > max(a / 100, 1):
                    print(f"    {key[0]}.{key[1]}: {a} in CPython, {b} here")
    print(f"{len(work)} programs, {opcodes} opcodes above 0.1 % of a program's executions: {opcodes - beyond} within 1 %")
    return 1 if beyond else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
