"""An indentation error in the main file."""
if True:
print("x")
