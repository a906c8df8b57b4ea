"""Failing call in the middle of a long dictionary display."""
def value(x):
    return {"a": 1}[x]


table = {
    "first": value("a"),
    "second": value("b"),
    "third": value("c"),
}
