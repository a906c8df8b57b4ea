"""Suggestions in a chain."""
values = [1]
try:
    valeus
except NameError:
    values.apend(2)
