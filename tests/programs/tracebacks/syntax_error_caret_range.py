"""A range of carets."""
total = 1
if total = 1:
    print(total)
