"""An expression over several lines."""
def f(a, b):
    return (
        a
        + b
        + [
            1,
            2,
        ]
    )


f(1, 2)
