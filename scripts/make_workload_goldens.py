#!/usr/bin/env python3
"""Remakes workloads/expected/ and workloads/workloads.json from the programs, with CPython 3.13.

    python3.13 scripts/make_workload_goldens.py [NAME ...]     remake all, or the named ones
    python3.13 scripts/make_workload_goldens.py --check        write nothing; fail if anything differs

A program describes itself: its docstring holds the lines `Kind:`, `Origin:`, `Stresses:` and `Test size:`, and
its constant FULL_SIZE is the size used when no argument is given. Everything else here is derived.
"""

import ast
import json
import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WORKLOADS = ROOT / "workloads"
EXPECTED = WORKLOADS / "expected"
MANIFEST = WORKLOADS / "workloads.json"
FIELDS = {"Kind": "kind", "Origin": "origin", "Stresses": "stresses", "Test size": "test_size"}
# A program must print the same whatever the seed of string hashes is.
HASH_SEEDS = ("0", "1", "20241")


def describe(path):
    """The manifest entry of one program, read from its source without running it."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    summary, *lines = (ast.get_docstring(tree) or "").splitlines()
    entry = {"name": path.stem, "file": path.name, "summary": summary.rstrip(".")}
    for line in lines:
        label, colon, text = line.partition(": ")
        if colon and label in FIELDS:
            entry[FIELDS[label]] = text
    missing = [label for label, key in FIELDS.items() if key not in entry]
    if missing:
        sys.exit(f"{path}: the docstring lacks {', '.join(missing)}")
    entry["test_size"] = int(entry["test_size"])
    for node in tree.body:
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", None) == "FULL_SIZE":
            entry["full_size"] = ast.literal_eval(node.value)
    if "full_size" not in entry:
        sys.exit(f"{path}: no FULL_SIZE")
    return entry


def run(path, arguments):
    outputs = set()
    seconds = []
    for seed in HASH_SEEDS:
        start = time.perf_counter()
        done = subprocess.run(
            [sys.executable, path.name, *arguments],
            cwd=path.parent, env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONUTF8": "1"},
            capture_output=True, check=False,
        )
        seconds.append(time.perf_counter() - start)
        if done.stderr:
            sys.exit(f"{path} {arguments}: wrote to stderr:\n{done.stderr.decode()}")
        outputs.add((done.returncode, done.stdout))
    if len(outputs) != 1:
        sys.exit(f"{path} {arguments}: the output depends on the hash seed")
    (status, stdout), = outputs
    return status, stdout, min(seconds)


def put(path, data, check, stale):
    """Writes `data`, or with `check` only notes that the file differs."""
    if path.exists() and path.read_bytes() == data:
        return
    stale.append(path)
    if not check:
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)


def main():
    if sys.implementation.name != "cpython" or sys.version_info[:2] != (3, 13):
        sys.exit(f"this needs CPython 3.13, not {sys.implementation.name} {sys.version.split()[0]}")
    names = sys.argv[1:]
    check = "--check" in names
    names = [name for name in names if name != "--check"]
    entries, stale = [], []
    for path in sorted(WORKLOADS.glob("*.py")):
        entry = describe(path)
        if names and path.stem not in names:
            for old in json.loads(MANIFEST.read_text(encoding="utf-8"))["workloads"] if MANIFEST.exists() else []:
                if old["name"] == path.stem:
                    break
            else:
                sys.exit(f"{path.stem} is new: name it, too")
            entries.append(old)
            continue
        for size, arguments in (("test", [str(entry["test_size"])]), ("full", [])):
            status, stdout, seconds = run(path, arguments)
            if entry.setdefault("exit_status", status) != status:
                sys.exit(f"{path}: the exit status depends on the size")
            expected = EXPECTED / f"{path.stem}.{size}.out"
            entry[f"expected_{size}"] = expected.relative_to(WORKLOADS).as_posix()
            put(expected, stdout, check, stale)
            print(f"{path.stem:22} {size} {seconds:7.3f} s, {len(stdout)} bytes", file=sys.stderr)
        entries.append(entry)
    manifest = {"made_by": "scripts/make_workload_goldens.py with CPython 3.13", "workloads": entries}
    put(MANIFEST, (json.dumps(manifest, indent=2, ensure_ascii=False) + "\n").encode(), check, stale)
    for path in stale:
        print("differs:" if check else "wrote", path.relative_to(ROOT))
    sys.exit(1 if check and stale else 0)


if __name__ == "__main__":
    main()
