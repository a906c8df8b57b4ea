"""contextlib, abc, copy, types, string, textwrap."""
import copy
import string
import textwrap
import types
from abc import ABC, abstractmethod
from contextlib import ExitStack, contextmanager, nullcontext, suppress


@contextmanager
def tag(name):
    print(f"<{name}>")
    try:
        yield name.upper()
    except ValueError as error:
        print("swallowed", error)
    finally:
        print(f"</{name}>")


with tag("a") as x, tag("b"):
    print(x)
with tag("c"):
    raise ValueError("v")
with suppress(KeyError):
    {}["x"]
with ExitStack() as stack:
    stack.enter_context(tag("s"))
    stack.callback(print, "callback")
with nullcontext(5) as n:
    print(n)


class A(ABC):
    @abstractmethod
    def f(self): ...

    @property
    @abstractmethod
    def p(self): ...


try:
    A()
except TypeError as error:
    print(error)


class B(A):
    f = p = None


print(isinstance(B(), A))
x = [1, [2], {"k": [3]}]
y, z = copy.copy(x), copy.deepcopy(x)
x[1].append(9)
print(y, z)
ns = types.SimpleNamespace(a=1)
ns.b = 2
print(ns, string.ascii_lowercase[:5], string.Template("$a ${b}").substitute(a=1, b=2), textwrap.dedent("  a\n   b"), textwrap.wrap("the quick brown fox", 9))
