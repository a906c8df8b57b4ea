"""Exceptions as control flow: raised near and far, caught by class, chained, through finally and with.

Kind: exceptions
Origin: the exception micro-benchmarks of pybench (M.-A. Lemburg, 1997-2006), as one program
Stresses: try/except/else/finally, raise and re-raise, unwinding through several frames, matching of exception classes, context managers
Test size: 1000
"""

import sys

FULL_SIZE = 210_000


class AppError(Exception):
    """The root of a small hierarchy."""

    def __init__(self, code, detail=""):
        super().__init__(code, detail)
        self.code = code


class Retry(AppError):
    pass


class Fatal(AppError):
    pass


class Transaction:
    """Counts what it committed and rolled back; swallows Retry."""

    def __init__(self, log):
        self.log = log

    def __enter__(self):
        self.log["begin"] += 1
        return self

    def __exit__(self, kind, error, traceback):
        if kind is None:
            self.log["commit"] += 1
            return False
        self.log["rollback"] += 1
        return issubclass(kind, Retry)


def parse_number(text):
    try:
        return int(text)
    except ValueError:
        return None


def descend(depth, error):
    if depth == 0:
        raise error
    try:
        descend(depth - 1, error)
    finally:
        error.code += 1


def lookup(table, key, log):
    try:
        value = table[key]
    except KeyError:
        log["missing"] += 1
        return 0
    else:
        log["found"] += 1
        return value
    finally:
        log["lookups"] += 1


def classify(i):
    try:
        if i % 5 == 0:
            raise Retry(i, "again")
        if i % 7 == 0:
            raise Fatal(i)
        if i % 11 == 0:
            return 1 // (i % 11)
        if i % 13 == 0:
            return [][i]
        return "ok"
    except Retry as error:
        return "retry " + error.args[1]
    except (ZeroDivisionError, IndexError) as error:
        return type(error).__name__
    except AppError as error:
        return f"{type(error).__name__}"


def chained(i):
    try:
        try:
            raise KeyError(i)
        except KeyError as error:
            raise Fatal(i, "wrapped") from error
    except Fatal as error:
        return error.__cause__.args[0] + error.code


def main():
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else FULL_SIZE
    names = ("begin", "commit", "rollback", "missing", "found", "lookups", "deep", "numbers")
    log = dict.fromkeys(names, 0)
    seen = {}
    table = {i: i * i for i in range(0, 100, 3)}
    words = ["12", "x", "-7", "1e3", "0", ""]
    checksum = 0
    for i in range(1, rounds + 1):
        kind = classify(i)
        seen[kind] = seen.get(kind, 0) + 1
        checksum += lookup(table, i % 100, log)
        if parse_number(words[i % 6]) is not None:
            log["numbers"] += 1
        checksum += chained(i)
        if i % 4 == 0:
            try:
                descend(i % 10, Retry(0))
            except Retry as error:
                log["deep"] += error.code
        try:
            with Transaction(log):
                if i % 3 == 0:
                    raise Retry(i)
                if i % 17 == 0:
                    raise Fatal(i)
        except Fatal:
            checksum -= 1
    for name in names:
        print(name, log[name])
    for kind in sorted(seen):
        print(kind, seen[kind])
    print("checksum:", checksum)


if __name__ == "__main__":
    main()
