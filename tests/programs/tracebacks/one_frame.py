"""An exception at module level."""
x = [1, 2, 3]
print("before")
x[10]
