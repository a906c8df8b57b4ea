#!/usr/bin/env python3.13
"""Compares the code that `harness dis --adaptive` shows with CPython's own `dis.dis(code, adaptive=True)` at exit.

    python3.13 scripts/compare_adaptive.py HARNESS [-v] [FILE…]
    python3.13 scripts/compare_adaptive.py --golden       writes CPython's side for the workloads and tests/adaptive

Without files: the workloads at test size. Both sides run the program in a process of its own with PYTHONHASHSEED=0. An instruction is
the same if opcode name and place agree. With -v every difference is shown with its line. The exit status is 1 below the bars: 99 % of
all instructions, 98 % of those that CPython specialised. VARIANT in the environment chooses the cell (default: specialized).
"""
import collections
import json
import os
import re
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
ORACLE = """
import dis, io, os, sys, types
path = sys.argv[1]
sys.argv = sys.argv[1:]
sys.path[0] = os.path.dirname(os.path.abspath(path))
code = compile(open(path, "rb").read(), path, "exec")
main = types.ModuleType("__main__")
main.__file__ = path
sys.modules["__main__"] = main
real, sys.stdout = sys.stdout, open(os.devnull, "w")
try:
    exec(code, main.__dict__)
except BaseException:
    pass
sys.stdout = real
dis.dis(code, adaptive=True)
"""
LINE = re.compile(r"^ *(?:(?P<line>\d+|--) +)?(?:L\d+: +)?(?P<op>(?!L\d+ to )[A-Z][A-Z_0-9]+)(?P<rest>.*)$")
CODE = re.compile(r"^Disassembly of (.*?)(?: at 0x[0-9a-f]+.*)?:$")


VARIANT = os.environ.get("VARIANT", "specialized")


def instructions(text):
    """(code object, line, opcode, rest) of each instruction."""
    where, line, out = "<module>", "", []
    for row in text.split("\n"):
        if match := CODE.match(row):
            where = match[1]
        elif match := LINE.match(row):
            line = match["line"] or line
            out.append((where, line, match["op"], match["rest"].strip()))
    return out


def listing(command, file):
    environment = {**os.environ, "PYTHONHASHSEED": "0"}
    folder = os.path.dirname(os.path.abspath(file))
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=120)
    return instructions(done.stdout)


def oracle(file, arguments):
    return listing([sys.executable, "-c", ORACLE, os.path.basename(file), *arguments], file)


def both(harness, file, arguments):
    with open(file, encoding="utf-8", errors="replace") as source:
        head = [line.removeprefix("# harness:").split() for line, _ in zip(source, range(5)) if line.startswith("# harness:")]
    ours = [os.path.abspath(harness), "dis", "--adaptive", "--variant", VARIANT, *sum(head, []), os.path.basename(file), *arguments]
    return oracle(file, arguments), listing(ours, file)


def workloads():
    folder = os.path.join(ROOT, "workloads")
    with open(os.path.join(folder, "workloads.json")) as manifest:
        return [(os.path.join(folder, w["file"]), [str(w["test_size"])]) for w in json.load(manifest)["workloads"]]


def golden(specialised):
    """Per workload its file and number of instructions, then each specialised opcode with the places where it stands."""
    folder = os.path.join(ROOT, "harness", "tests", "adaptive")
    with open(os.path.join(folder, "golden.txt"), "w") as file:
        for path, arguments in [*workloads(), (os.path.join(folder, "cases.py"), [])]:
            listing = oracle(path, arguments)
            places = collections.defaultdict(list)
            for place, (_, _, op, _) in enumerate(listing):
                if op in specialised:
                    places[op].append(place)
            print(os.path.basename(path), len(listing), file=file)
            for op in sorted(places):
                print("   ", op, *places[op], file=file)


def main(arguments):
    from _opcode_metadata import _specializations
    specialised = {name for forms in _specializations.values() for name in forms}
    if arguments == ["--golden"]:
        return golden(specialised)
    verbose = "-v" in arguments
    arguments = [a for a in arguments if a != "-v"]
    harness, files = arguments[0], [(file, []) for file in arguments[1:]]
    files = files or workloads()
    total, kinds = collections.Counter(), collections.Counter()
    for file, args in files:
        theirs, ours = both(harness, file, args)
        if len(theirs) != len(ours):
            print(f"{file}: {len(theirs)} instructions in CPython, {len(ours)} here: not compared")
            total["failed"] += 1
            continue
        different = 0
        for a, b in zip(theirs, ours):
            total["all"] += 1
            total["specialised"] += a[2] in specialised
            total["same specialised"] += a[2] in specialised and a[2] == b[2]
            if a[2] != b[2]:
                different += 1
                kinds[a[2], b[2]] += 1
                if verbose:
                    print(f"    {a[0]} line {a[1]}: {a[2]} in CPython, {b[2]} here; {b[3]}")
        if different:
            print(f"{os.path.relpath(file, ROOT)}: {different} of {len(ours)} differ")
        total["different"] += different
    for (a, b), n in kinds.most_common():
        print(f"{n:6}  {a} in CPython, {b} here")
    same = 1 - total["different"] / max(total["all"], 1)
    same_specialised = total["same specialised"] / max(total["specialised"], 1)
    print(f"{len(files)} programs: {same:.2%} of {total['all']} instructions the same, "
          f"{same_specialised:.2%} of {total['specialised']} specialised ones; {total['failed']} programs not compared")
    return 0 if same >= 0.99 and same_specialised >= 0.98 else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
