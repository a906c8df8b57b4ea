"""AttributeError on a builtin type."""
[].appendd(1)
