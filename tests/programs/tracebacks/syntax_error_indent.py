"""Unexpected indentation."""
a = 1
    b = 2
