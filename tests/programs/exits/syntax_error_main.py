"""A syntax error in the main file."""
print("never printed")
x = (1,
     2
print(x)
