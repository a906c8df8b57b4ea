"""assert shows carets under the condition."""
def check(a, b):
    assert a + b == 4 and a > b, "numbers do not match"


check(1, 2)
