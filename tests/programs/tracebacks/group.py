"""An uncaught exception group."""
def fail(n):
    raise ValueError(f"number {n}")


def collect():
    errors = []
    for n in range(2):
        try:
            fail(n)
        except ValueError as error:
            errors.append(error)
    raise ExceptionGroup("two failed", errors)


collect()
