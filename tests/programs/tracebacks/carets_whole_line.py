"""No carets when the range is the whole line."""
def f():
    raise ValueError("whole line")


f()
