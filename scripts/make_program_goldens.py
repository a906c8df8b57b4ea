#!/usr/bin/env python3
"""Remakes the goldens of tests/programs/ with CPython 3.13; tests/programs/README.md explains the layout.

    python3.13 scripts/make_program_goldens.py [FEATURE | FEATURE/NAME ...]   remake all, or the named ones
    python3.13 scripts/make_program_goldens.py --check                        write nothing; fail if anything differs
"""

import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

PROGRAMS = Path(__file__).resolve().parent.parent / "tests" / "programs"
FULL_STDERR = "tracebacks"
ADDRESS = re.compile(rb" at 0x[0-9a-f]{6,}")


def programs(wanted):
    """The programs to run; a name that begins with an underscore is a module that others import."""
    for path in sorted(PROGRAMS.glob("*/*.py")):
        name = path.relative_to(PROGRAMS).with_suffix("").as_posix()
        if not path.name.startswith("_") and (not wanted or name in wanted or path.parent.name in wanted):
            yield path, name


def run(name, seed):
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    environment |= {"PYTHONHASHSEED": seed, "PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1", "NO_COLOR": "1"}
    done = subprocess.run(
        [sys.executable, f"{name}.py"], cwd=PROGRAMS, env=environment,
        stdin=subprocess.DEVNULL, capture_output=True, timeout=60, check=False,
    )
    stderr = done.stderr.replace(f"{PROGRAMS}/".encode(), b"")
    return done.returncode, done.stdout, stderr


def goldens(name):
    """The golden files of one program: suffix to contents."""
    first, second = run(name, "0"), run(name, "1")
    if first != second:
        raise ValueError(f"{name}: the output depends on the hash seed")
    status, stdout, stderr = first
    if ADDRESS.search(stdout + stderr):
        raise ValueError(f"{name}: the output shows an address")
    for place in (str(PROGRAMS), sys.prefix, sys.base_prefix):
        if place.encode() in stdout + stderr:
            raise ValueError(f"{name}: the output shows where it was made: {place}")
    files = {".out": stdout}
    lines = stderr.decode().splitlines()
    if status or stderr:
        files[".exit"] = f"{status}\n{lines[-1] if lines else ''}\n".encode()
    if name.startswith(FULL_STDERR + "/"):
        files[".stderr"] = stderr
    return files


def main():
    if sys.implementation.name != "cpython" or sys.version_info[:2] != (3, 13):
        sys.exit(f"this needs CPython 3.13, not {sys.implementation.name} {sys.version.split()[0]}")
    check = "--check" in sys.argv
    wanted = {argument.removesuffix(".py") for argument in sys.argv[1:] if argument != "--check"}
    chosen = list(programs(wanted))
    failed = changed = 0

    def attempt(name):
        try:
            return goldens(name)
        except (ValueError, subprocess.TimeoutExpired) as error:
            return error

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        results = list(pool.map(attempt, [name for _, name in chosen]))
    for (path, name), files in zip(chosen, results):
        if isinstance(files, Exception):
            print(files, file=sys.stderr)
            failed += 1
            continue
        for suffix in (".out", ".exit", ".stderr"):
            golden = path.with_suffix(suffix)
            old = golden.read_bytes() if golden.exists() else None
            if old == files.get(suffix):
                continue
            changed += 1
            print("differs:" if check else "wrote", golden.relative_to(PROGRAMS))
            if check:
                continue
            if suffix in files:
                golden.write_bytes(files[suffix])
            else:
                golden.unlink()
    print(f"{len(chosen)} programs, {changed} golden files changed, {failed} programs failed", file=sys.stderr)
    sys.exit(1 if failed or check and changed else 0)


if __name__ == "__main__":
    main()
