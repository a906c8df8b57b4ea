"""A group of more than fifteen exceptions is cut."""
raise ExceptionGroup("many", [ValueError(n) for n in range(20)])
