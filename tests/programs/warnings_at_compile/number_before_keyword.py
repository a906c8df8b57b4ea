"""A number that runs into a keyword is accepted with a warning."""
x = 1 if 1else 2
print(x, 1or 2, 0xfor 1, [1for _ in"ab"], 1if 0else 3)
