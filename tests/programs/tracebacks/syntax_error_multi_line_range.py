"""An error that spans lines."""
f(a, b for b in
  range(3), c)
