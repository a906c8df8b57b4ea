"""Stands in for pyperf when the harness runs a suite: the same interface, one small run of each benchmark, and a digest of its result.

The digest is of what the benchmark returned or, where it only returns a time, of the arguments it worked on and of the globals of its
script. It depends on no address, no time, no order of a set, nor on where the script is. With PYTHONHASHSEED=0 it is the same on every
interpreter.

Each benchmark writes one line to standard output: MARK, then JSON.
"""

import sys
from time import perf_counter

__version__ = "2.9.0"
MARK = "\x1epyperf "
# Environment variables may be out of reach, so the number of loops is an option, which scripts do not see.
LOOPS_OPTION = "--suite-loops="
# Values looked at for a digest.
BUDGET = 20000
# The script's directory.
HERE = __file__.rpartition("/")[0]

_FLAT = (int, float, complex, str, bytes, bytearray, bool, type(None), type(Ellipsis), range, slice)


def _own(cls):
    """Whether a class comes with the interpreter: what its instances hold inside is the implementation's business."""
    return cls.__module__.partition(".")[0] in sys.stdlib_module_names or cls.__module__ == "builtins"


class _Walk:
    """Writes a value down as text, containers and objects in depth."""

    def __init__(self):
        self.out = []
        self.seen = {}
        self.left = BUDGET

    def text(self, roots):
        stack = [iter(roots)]
        while stack:
            for value in stack[-1]:
                inner = self.visit(value)
                if inner is not None:
                    stack.append(inner)
                    break
            else:
                stack.pop()
                self.out.append(")")
        return "".join(self.out)

    def visit(self, value):
        """Writes a value; an iterator over what it contains, if that is to be written too."""
        if self.left <= 0:
            return None
        self.left -= 1
        cls = type(value)
        if cls in _FLAT:
            if cls is str:
                value = value.replace(HERE, ".")
            self.out.append(repr(value) + ",")
            return None
        if id(value) in self.seen:
            self.out.append("#%d," % self.seen[id(value)][0])
            return None
        # Kept, so that the address is not used again.
        self.seen[id(value)] = (len(self.seen), value)
        self.out.append(cls.__qualname__ + "(")
        if isinstance(value, dict):
            return iter([part for pair in list(value.items()) for part in pair] + self.attributes(value))
        if isinstance(value, (list, tuple)):
            return iter(list(value) + self.attributes(value))
        if isinstance(value, (set, frozenset)):
            flat = sorted(repr(item) for item in value if type(item) in _FLAT or type(item) is tuple and all(type(x) in _FLAT for x in item))
            return iter([len(value), *flat])
        if _own(cls):
            shown = cls.__repr__ is not object.__repr__ and cls.__qualname__ in ("Decimal", "Fraction", "array", "deque", "date", "datetime", "timedelta")
            return iter([repr(value)] if shown else [])
        return iter(self.attributes(value))

    def attributes(self, value):
        cls = type(value)
        if _own(cls):
            return []
        found = {}
        for base in cls.__mro__:
            names = base.__dict__.get("__slots__", ())
            for name in (names,) if isinstance(names, str) else names:
                if not name.startswith("__") and hasattr(value, name):
                    found[name] = getattr(value, name)
        found.update(getattr(value, "__dict__", {}))
        return [part for name in sorted(found, key=str) for part in (name, found[name])]


def digest(roots):
    """A number that tells results apart."""
    return "%016x" % (hash(_Walk().text(roots)) & 0xFFFFFFFFFFFFFFFF)


def _state(args):
    """What a benchmark that only returns a time has worked on: its arguments, and its script's globals."""
    skipped = (type(sys), type(_state), type, type(len))
    main = sys.modules["__main__"].__dict__
    named = [(k, v) for k, v in sorted(main.items()) if not k.startswith("__") and not isinstance(v, (skipped, Runner))]
    return [args, named]


class Benchmark:
    """What a run of a benchmark gives."""

    def __init__(self, name, seconds):
        self.name = name
        self.seconds = seconds

    def get_name(self):
        return self.name

    def get_values(self):
        return (self.seconds,)

    def mean(self):
        return self.seconds

    def median(self):
        return self.seconds


class Runner:
    """Runs benchmarks once each."""

    def __init__(self, values=None, processes=None, loops=0, min_time=0.1, metadata=None, show_name=True, program_args=None,
                 add_cmdline_args=None, _argparser=None, warmups=None):
        self.metadata = dict(metadata or {})
        self.args = None
        self._argparser = _argparser
        self._add_cmdline_args = add_cmdline_args
        self._program_args = program_args
        self._loops = 1
        for arg in sys.argv[1:]:
            if arg.startswith(LOOPS_OPTION):
                self._loops = int(arg[len(LOOPS_OPTION):])
                sys.argv.remove(arg)
                break

    @property
    def argparser(self):
        # Made when it is asked for: most benchmarks have no options, and the module loads many others.
        if self._argparser is None:
            import argparse
            self._argparser = argparse.ArgumentParser(description="Benchmark")
        return self._argparser

    def parse_args(self, args=None):
        if self.args is None:
            if self._argparser is None and len(sys.argv) == 1 and args is None:
                self.args = _NoArguments()
            else:
                self.args = self.argparser.parse_args(args)
        return self.args

    def _report(self, name, seconds, roots):
        import json
        sys.stdout.flush()
        line = json.dumps({"name": name, "seconds": seconds, "digest": digest(roots)})
        print(MARK + line, flush=True)
        return Benchmark(name, seconds)

    def bench_func(self, name, func, *args, **kwargs):
        inner_loops = kwargs.pop("inner_loops", None)
        kwargs.pop("metadata", None)
        if kwargs:
            raise TypeError("unexpected keyword argument %r" % next(iter(kwargs)))
        self.parse_args()
        start = perf_counter()
        for _ in range(self._loops):
            result = func(*args)
        seconds = (perf_counter() - start) / self._loops
        return self._report(name, seconds / (inner_loops or 1), [result])

    def bench_time_func(self, name, time_func, *args, **kwargs):
        inner_loops = kwargs.pop("inner_loops", None)
        kwargs.pop("metadata", None)
        if kwargs:
            raise TypeError("unexpected keyword argument %r" % next(iter(kwargs)))
        self.parse_args()
        seconds = time_func(self._loops, *args)
        return self._report(name, seconds / self._loops / (inner_loops or 1), _state(args))

    def bench_async_func(self, name, func, *args, **kwargs):
        import asyncio
        loop_factory = kwargs.pop("loop_factory", None)
        inner_loops = kwargs.pop("inner_loops", None)
        kwargs.pop("metadata", None)
        if kwargs:
            raise TypeError("unexpected keyword argument %r" % next(iter(kwargs)))
        self.parse_args()

        async def main():
            start = perf_counter()
            for _ in range(self._loops):
                result = await func(*args)
            return (perf_counter() - start) / self._loops, result

        if loop_factory is None:
            seconds, result = asyncio.run(main())
        else:
            with asyncio.Runner(loop_factory=loop_factory) as runner:
                seconds, result = runner.run(main())
        return self._report(name, seconds / (inner_loops or 1), [result])

    def bench_command(self, name, command):
        raise PermissionError(13, "benchmarks that start processes cannot be run here", command[0])

    def timeit(self, name, stmt=None, setup="pass", teardown="pass", inner_loops=None, duplicate=None, metadata=None, globals=None):
        names = dict(globals or {})
        body, first, last = compile(stmt, "<stmt>", "exec"), compile(setup, "<setup>", "exec"), compile(teardown, "<teardown>", "exec")
        self.parse_args()
        exec(first, names)
        start = perf_counter()
        for _ in range(self._loops):
            exec(body, names)
        seconds = (perf_counter() - start) / self._loops
        exec(last, names)
        return self._report(name, seconds / (inner_loops or 1), [sorted(name for name in names if not name.startswith("__"))])


class _NoArguments:
    """Options of a script that has none; those of pyperf itself are not set."""

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return None


def python_implementation():
    return sys.implementation.name


def python_has_jit():
    return False


def format_timedelta(seconds):
    for unit, scale in (("sec", 1.0), ("ms", 1e-3), ("us", 1e-6)):
        if seconds >= scale:
            return "%.3g %s" % (seconds / scale, unit)
    return "%.3g ns" % (seconds / 1e-9)


def format_timedeltas(values):
    return tuple(format_timedelta(value) for value in values)
