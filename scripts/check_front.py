"""Compare the front end's token and tree dumps with CPython 3.13's, over many files.

    python3.13 scripts/check_front.py reference OUT.tsv FILE...    # what CPython says, as digests (slow, resumable)
    python3.13 scripts/check_front.py compare REF.tsv FRONT        # FRONT: the built example `front`
    python3.13 scripts/check_front.py golden DIR FILE...           # remake the goldens of vm-core/tests/front

Four dumps are compared: `tokenize` and `ast` as `python -m tokenize` and `python -m ast` print them, `attrs` as
`python -m ast -a --no-type-comments`, and `errors`, what `python FILE` prints for a text that does not compile.
"""

import ast
import contextlib
import hashlib
import io
import os
import subprocess
import sys
import tokenize

KINDS = ("tokenize", "ast", "attrs")


def reference(kind, path):
    """CPython's dump of one file, or `ERROR` where it refuses the file."""
    out = io.StringIO()
    sys.setrecursionlimit(20000)
    try:
        if kind == "tokenize":
            sys.argv = ["tokenize", path]
            with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
                try:
                    tokenize.main()
                except SystemExit:
                    pass
        else:
            with open(path, "rb") as file:
                tree = ast.parse(file.read(), path, type_comments=kind == "ast")
            out.write(ast.dump(tree, include_attributes=kind == "attrs", indent=3) + "\n")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return "ERROR"
    return out.getvalue()


def digest(text):
    return hashlib.md5(text.encode("utf-8", "surrogatepass")).hexdigest()


def make_reference(out, paths):
    done = set()
    if os.path.exists(out):
        with open(out) as file:
            done = {line.split("\t")[0] for line in file}
    with open(out, "a") as file:
        for path in paths:
            if path not in done:
                row = [path] + [digest(reference(kind, path)) for kind in KINDS]
                file.write("\t".join(row) + "\n")
                file.flush()


def compare(ref, front, kinds):
    with open(ref) as file:
        rows = [line.rstrip("\n").split("\t") for line in file]
    for index, kind in enumerate(KINDS, 1):
        if kind not in kinds:
            continue
        good, bad = 0, []
        for row in rows:
            run = subprocess.run([front, kind, row[0]], capture_output=True)
            ours = run.stdout if kind == "tokenize" else run.stdout if run.returncode == 0 else b"ERROR"
            if hashlib.md5(ours).hexdigest() == row[index]:
                good += 1
            else:
                bad.append(row[0])
        print(f"{kind}: {good} of {len(rows)} identical ({100 * good / max(1, len(rows)):.2f} %)")
        for path in bad[:40]:
            print("   ", path)


def golden(directory, paths):
    os.makedirs(directory, exist_ok=True)
    for path in paths:
        stem = os.path.join(directory, os.path.splitext(os.path.basename(path))[0])
        for kind in KINDS:
            with open(f"{stem}.{kind}", "w", encoding="utf-8", errors="surrogatepass") as file:
                file.write(reference(kind, path))


def main():
    command, *rest = sys.argv[1:]
    if command == "reference":
        make_reference(rest[0], rest[1:])
    elif command == "compare":
        compare(rest[0], rest[1], rest[2:] or KINDS)
    elif command == "golden":
        golden(rest[0], rest[1:])
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main()
