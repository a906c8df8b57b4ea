"""A bad f-string."""
value = 1
print(f"{value!z}")
