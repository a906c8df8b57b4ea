"""An unterminated string."""
print("fine")
name = "no end
print(name)
