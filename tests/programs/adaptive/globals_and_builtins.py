"""Global and builtin look-ups that are invalidated."""
value = 1


def read():
    return value


def length(x):
    return len(x)


for _ in range(100):
    read(), length("abc")
print(read(), length("abc"))
value = 2
print(read())
globals()["value"] = 3
print(read())
del value
try:
    read()
except NameError as error:
    print(error)
value = "back"
print(read())
len = lambda x: "shadow"
print(length("abc"))
for _ in range(60):
    length("abc")
del len
print(length("abc"))
import builtins
original = builtins.len
builtins.len = lambda x: "patched"
print(length("abc"))
builtins.len = original
print(length("abc"))
for i in range(200):
    globals()[f"new_{i}"] = i
print(read(), length("ab"), new_199)
builtins.brand_new = "from builtins"


def new():
    return brand_new


for _ in range(50):
    new()
print(new())
brand_new = "from globals"
print(new())
del brand_new
print(new())
del builtins.brand_new
try:
    new()
except NameError as error:
    print(error)
