"""A call whose arguments span lines."""
def g(*args, **kwargs):
    raise ValueError("inside g")


result = g(
    1,
    2,
    key="value",
)
