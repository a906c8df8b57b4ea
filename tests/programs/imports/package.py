"""Packages: __init__, submodules, relative imports, __path__."""
import sys
import _pkg
import _pkg.inner.leaf
from _pkg import sibling
from _pkg.inner import leaf as L, other
from _pkg.inner.leaf import where
print(_pkg.name, _pkg.sibling is sibling, _pkg.inner.leaf is L, where())
print(_pkg.__name__, _pkg.__package__, L.__name__, L.__package__, len(_pkg.__path__), _pkg.inner.__path__[0].endswith("inner"))
print(sorted(k for k in sys.modules if k.startswith("_pkg")))
try:
    from _pkg import nope
except ImportError as error:
    print(str(error).split(" (")[0])
try:
    import _pkg.nope
except ModuleNotFoundError as error:
    print(error)
try:
    from _pkg.inner import beyond
except ImportError as error:
    print(error)
from _pkg.star import *
print(a, "hidden" in globals())
