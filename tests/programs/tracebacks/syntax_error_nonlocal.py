"""nonlocal without a binding."""
def f():
    def g():
        nonlocal missing
    return g
