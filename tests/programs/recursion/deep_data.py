"""Deeply nested data in repr, ==, and hashing."""
def show(function, *args, **kwargs):
    try:
        print(repr(function(*args, **kwargs)))
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


deep = []
for _ in range(100000):
    deep = [deep]
try:
    repr(deep)
except RecursionError as error:
    print(type(error).__name__)
other = []
for _ in range(100000):
    other = [other]
try:
    deep == other
except RecursionError as error:
    print(type(error).__name__)
t = ()
for _ in range(100000):
    t = (t,)
try:
    hash(t)
except RecursionError:
    pass
print("hash survived")
d = {}
for _ in range(100000):
    d = {"k": d}
try:
    str(d)
except RecursionError as error:
    print(type(error).__name__)
nested = []
for _ in range(50):
    nested = [nested, 1]
print(repr(nested)[:60], len(repr(nested)), nested == [nested[0], 1])
del deep, other, t, d
print("freed")
