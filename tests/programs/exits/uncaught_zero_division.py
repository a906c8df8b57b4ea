"""An uncaught exception: status 1."""
print("first")
1 / 0
print("never")
