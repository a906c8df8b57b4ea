"""Which names the builtin types have."""
for cls in (int, float, str, bytes, list, tuple, dict, set, frozenset, bool, complex, range, slice, bytearray):
    print(cls.__name__, [n for n in dir(cls) if not n.startswith("_")])
for cls in (int, str, list, dict, object):
    print(cls.__name__, [n for n in sorted(vars(cls)) if n.startswith("__") and n not in ("__doc__", "__getstate__")])
