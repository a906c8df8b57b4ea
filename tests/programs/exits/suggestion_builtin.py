"""NameError suggests a builtin."""
pritn("x")
