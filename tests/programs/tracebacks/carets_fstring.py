"""An error inside an f-string."""
def f(value):
    return f"start {value} middle {value.missing:>10} end"


f(1)
