"""from None hides the context."""
try:
    int("x")
except ValueError:
    raise TypeError("clean") from None
