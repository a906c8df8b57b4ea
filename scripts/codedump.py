"""Dump the code objects CPython makes of Python files, or compare them with `vm-core`'s.

    python3.13 scripts/codedump.py FILE                      print the dump of one file
    python3.13 scripts/codedump.py --compare BINARY DIR...   dump every .py file under the directories with both compilers,
                                                             BINARY being the built `codedump` example, and report differences
    python3.13 scripts/codedump.py --golden                  remake vm-core/tests/golden/codegen.txt and codegen_errors.txt

The format is that of `vm-core/examples/codedump.rs`. Dumps of CPython are kept in $CODEDUMP_CACHE, if set.
"""
import concurrent.futures
import marshal
import os
import pathlib
import struct
import subprocess
import sys
import tempfile
import types
import warnings

warnings.simplefilter("ignore")


def bits(value):
    return struct.pack(">d", value).hex()


def constant(value):
    match value:
        case None | bool():
            return str(value)
        case int():
            return f"int {value:x}"
        case float():
            return f"float {bits(value)}"
        case complex():
            return f"complex {bits(value.real)} {bits(value.imag)}"
        case str():
            return "str " + value.encode("utf-8", "surrogatepass").hex()
        case bytes():
            return "bytes " + value.hex()
        case tuple():
            return "(" + ", ".join(map(constant, value)) + ")"
        case frozenset():
            return "{" + ", ".join(sorted(map(constant, value))) + "}"
        case types.CodeType():
            return f"code {value.co_qualname}"
        case _:
            return "Ellipsis"


def kinds(code):
    """`co_localspluskinds`, which only the marshalled form shows: after the names, in version 2 without references."""
    data = marshal.dumps(code.replace(co_consts=(), co_names=()), 2)
    at = 21

    def take():
        nonlocal at
        size = int.from_bytes(data[at + 1:at + 5], "little")
        kind = data[at:at + 1]
        at += 5
        if kind == b"(":
            return [take() for _ in range(size)]
        at += size
        return data[at - size:at]

    _code, _consts, _names, names, flags = (take() for _ in range(5))
    return [f"{name.decode()}:{flag:x}" for name, flag in zip(names, flags)]


def dump(code, out):
    out.append(
        f"CODE {code.co_qualname} {code.co_name} line {code.co_firstlineno} args {code.co_argcount} "
        f"{code.co_posonlyargcount} {code.co_kwonlyargcount} flags {code.co_flags:x} stack {code.co_stacksize}"
    )
    out.append("names " + " ".join(code.co_names))
    out.append("locals " + " ".join(kinds(code)))
    for i, value in enumerate(code.co_consts):
        out.append(f"const {i} {constant(value)}")
    out.append("code " + code.co_code.hex())
    out.append("lines " + code.co_linetable.hex())
    out.append("exceptions " + code.co_exceptiontable.hex())
    for value in code.co_consts:
        if isinstance(value, types.CodeType):
            dump(value, out)


def option(value):
    return "None" if value is None else f"Some({value})"


def dump_file(path):
    return dump_source(pathlib.Path(path).read_bytes(), path)


def dump_source(source, path):
    try:
        code = compile(source, str(path), "exec", dont_inherit=True, optimize=0)
    except SyntaxError as e:
        where = " ".join(map(option, (e.lineno, e.offset, e.end_lineno, e.end_offset)))
        return f"{type(e).__name__} {where} {e.msg}\n"
    except (ValueError, RecursionError, MemoryError) as e:
        return f"{type(e).__name__} None None None None {e}\n"
    out = []
    dump(code, out)
    return "\n".join(out) + "\n"


def dump_to(job):
    path, output = job
    if not output.exists():
        output.write_bytes(dump_file(path).encode("utf-8", "surrogatepass"))


def compare(binary, directories):
    work = pathlib.Path(os.environ.get("CODEDUMP_CACHE") or tempfile.mkdtemp())
    (work / "theirs").mkdir(parents=True, exist_ok=True)
    (work / "ours").mkdir(parents=True, exist_ok=True)
    files = sorted(str(p) for d in directories for p in pathlib.Path(d).rglob("*.py") if p.is_file())
    key = lambda path: path.strip("/").replace("/", "__")[-200:]
    with concurrent.futures.ProcessPoolExecutor() as pool:
        list(pool.map(dump_to, [(f, work / "theirs" / key(f)) for f in files], chunksize=20))
    jobs = "".join(f"{f}\t{work / 'ours' / key(f)}\n" for f in files)
    subprocess.run([binary], input=jobs.encode(), check=True)
    same, different = 0, []
    for f in files:
        theirs, ours = ((work / side / key(f)).read_bytes() for side in ("theirs", "ours"))
        if theirs == ours:
            same += 1
        else:
            pairs = zip(theirs.splitlines(), ours.splitlines())
            first = next(((a, b) for a, b in pairs if a != b), (b"", b""))
            different.append((f, first))
    for f, (a, b) in different:
        print(f"{f}\n  theirs {a[:150]!r}\n  ours   {b[:150]!r}")
    print(f"{same} of {len(files)} files identical")


def golden():
    tests = pathlib.Path(__file__).parent.parent / "vm-core" / "tests"
    programs = sorted((tests / "codegen").glob("*.py"))
    dumps = "".join(f"== {p.name}\n{dump_source(p.read_bytes(), p.name)}" for p in programs)
    (tests / "golden" / "codegen.txt").write_text(dumps)
    snippets = (tests / "codegen" / "errors.txt").read_text().split("---\n")
    errors = "".join(dump_source(snippet.encode(), "snippet") for snippet in snippets)
    (tests / "golden" / "codegen_errors.txt").write_text(errors)


if __name__ == "__main__":
    if sys.argv[1] == "--golden":
        golden()
    elif sys.argv[1] == "--compare":
        compare(sys.argv[2], sys.argv[3:])
    else:
        sys.stdout.write(dump_file(sys.argv[1]))
