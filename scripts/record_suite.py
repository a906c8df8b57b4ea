#!/usr/bin/env python3
"""Records what CPython 3.13 makes of a suite's benchmarks with the harness's stand-in for pyperf.

    python3.13 scripts/record_suite.py "$(harness suite pyperformance --prepare)" [NAME ...]

Each benchmark runs twice, in processes of its own; a result that differs between the two is recorded as unknown.
"""

import json
import os
import platform
import subprocess
import sys
from pathlib import Path

SUITE = Path(__file__).resolve().parent.parent / "harness" / "src" / "suite"
MARK = "\x1epyperf "


def run(stage, benchmark):
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    environment |= {"PYTHONHASHSEED": "0", "PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, "run_benchmark.py", *benchmark.get("args", []), "--suite-loops=1"],
        cwd=stage / f"bm_{benchmark['name']}", env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True,
        timeout=600, check=False,
    )
    if done.returncode:
        print(benchmark["name"], done.stderr.strip().splitlines()[-1:], file=sys.stderr)
    # Not splitlines: the mark would end a line.
    lines = [line + "\n" for line in done.stdout.split("\n")[:-1]]
    results = [json.loads(line.removeprefix(MARK)) for line in lines if line.startswith(MARK)]
    return {"status": done.returncode, "stdout": "".join(line for line in lines if not line.startswith(MARK)), "results": results}


def main():
    if sys.implementation.name != "cpython" or sys.version_info[:2] != (3, 13):
        sys.exit(f"this needs CPython 3.13, not {sys.implementation.name} {sys.version.split()[0]}")
    stage, names = Path(sys.argv[1]), sys.argv[2:]
    suite = json.loads((SUITE / "pyperformance.json").read_text())
    golden_path = SUITE / "pyperformance_golden.json"
    golden = json.loads(golden_path.read_text()) if names else {"benchmarks": {}}
    golden["python"] = platform.python_version()
    for benchmark in suite["benchmarks"]:
        if names and benchmark["name"] not in names:
            continue
        first, second = run(stage, benchmark), run(stage, benchmark)
        for a, b in zip(first["results"], second["results"], strict=True):
            a["seconds"] = round(min(a["seconds"], b["seconds"]), 7)
            if a["digest"] != b["digest"]:
                print(f"{benchmark['name']}: the result of {a['name']} differs from run to run", file=sys.stderr)
                a["digest"] = None
        if first["stdout"] != second["stdout"]:
            sys.exit(f"{benchmark['name']}: the output differs from run to run")
        golden["benchmarks"][benchmark["name"]] = first
    golden["benchmarks"] = dict(sorted(golden["benchmarks"].items()))
    golden_path.write_text(json.dumps(golden, indent=1) + "\n")


if __name__ == "__main__":
    main()
