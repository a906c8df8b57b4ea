"""Several statements on one line."""
a = 1; b = 0; c = a / b; d = 2
