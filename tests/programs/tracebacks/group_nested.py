"""Nested groups, with causes and notes."""
inner = ExceptionGroup("inner", [TypeError("t"), KeyError("k")])
inner.add_note("inner note")
value = ValueError("v")
value.__cause__ = IndexError("cause of v")
raise ExceptionGroup("outer", [value, inner, OSError(2, "gone")])
