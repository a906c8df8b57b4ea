"""SyntaxWarnings are written to stderr when the file is compiled."""
print("runs")
x = 5
if x is 5:
    print("is with a literal")
assert (x, "always true")
print("\d")
try:
    (1)(2)
except TypeError as error:
    print(error)
try:
    [1][1, 2]
except TypeError as error:
    print(error)
