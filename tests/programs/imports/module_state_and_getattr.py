"""Module-level __getattr__, reloading from sys.modules, circular imports."""
import sys
import _dynamic

print(_dynamic.computed_a, _dynamic.real, dir(_dynamic))
try:
    _dynamic.other
except AttributeError as error:
    print(error)
from _dynamic import computed_b
print(computed_b)
del sys.modules["_dynamic"]
import _dynamic as again
print(again is _dynamic, again.real)
import _circular_a
print(_circular_a.done, _circular_a._circular_b.seen)
sys.modules["fake"] = "not a module"
import fake
print(fake)
sys.modules["blocked"] = None
try:
    import blocked
except ModuleNotFoundError as error:
    print(error)
module = type(sys)("made", "its doc")
module.x = 1
sys.modules["made"] = module
from made import x
print(x, module.__name__, module.__doc__, repr(module))
print(_dynamic.__dict__["real"], vars(module)["x"])
