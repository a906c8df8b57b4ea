"""What except* leaves over."""
try:
    raise ExceptionGroup("mixed", [ValueError(1), TypeError(2), KeyError(3)])
except* ValueError:
    print("handled values")
except* TypeError as group:
    raise RuntimeError("while handling types")
