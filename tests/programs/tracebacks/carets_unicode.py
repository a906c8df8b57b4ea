"""Carets after wide and combining characters."""
def f(x):
    return "日本語", "é", "😀" + x


f(5)
