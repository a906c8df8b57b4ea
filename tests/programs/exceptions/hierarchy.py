"""The tree of builtin exceptions."""
import builtins


def walk(cls, depth=0):
    print("  " * depth + cls.__name__)
    for sub in sorted(cls.__subclasses__(), key=lambda c: c.__name__):
        if getattr(builtins, sub.__name__, None) is sub:
            walk(sub, depth + 1)


walk(BaseException)
print(IOError is OSError, EnvironmentError is OSError)
for name in ("UnicodeDecodeError", "ExceptionGroup", "ModuleNotFoundError", "RecursionError"):
    print(name, [c.__name__ for c in getattr(builtins, name).__mro__])
