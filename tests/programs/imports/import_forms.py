"""import, from-import, aliases, relative names, module attributes."""
import sys
import math as m, sys as s
from math import pi, sqrt as root
from math import (floor, ceil,)
import _helper
import _helper as h
from _helper import value, _hidden, Thing as T
from _helper import *

print(m.pi == pi, root(16), floor(1.5), ceil(1.5), s is sys)
print(_helper.value, h is _helper, value, _hidden, T.__module__, public(), "also_private" in globals(), "not_listed" in globals())
print(_helper.__name__, _helper.__doc__, _helper.__file__.endswith("_helper.py"), sys.modules["_helper"] is h, type(h).__name__)
_helper.value = 99
print(value, _helper.get_value(), __import__("_helper").value)
try:
    import no_such_module
except ModuleNotFoundError as error:
    print(type(error).__name__, error, error.name)
try:
    from _helper import nothing_like_it
except ImportError as error:
    print(type(error).__name__, str(error).split(" (")[0], error.name)
try:
    import math.nope
except ModuleNotFoundError as error:
    print(error)
try:
    _helper.missing
except AttributeError as error:
    print(error)
try:
    import _helper.sub
except ModuleNotFoundError as error:
    print(error)


def local():
    import math
    from _helper import get_value as gv
    return math.e, gv()


print(local(), __name__, __file__.endswith("import_forms.py"), __package__, __spec__)
import _helper
print("imported once")
