"""Breaks when imported."""


def check(value):
    assert value > 0, f"bad value {value}"


check(-1)
