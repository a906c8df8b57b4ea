"""Exhaustive small tables of //, %, divmod, ** and shifts."""
for a in (-7, -2, -1, 0, 1, 3, 8):
    row = []
    for b in (-3, -1, 1, 2, 5):
        q, r = divmod(a, b)
        assert q == a // b and r == a % b and q * b + r == a
        row.append(f"{q}r{r}")
    print(a, *row)
for a in (-3, -1, 0, 1, 2):
    print(a, [a ** n for n in range(6)], [a << n for n in range(4)], [a >> n for n in range(4)], [a & n for n in range(4)], [a | n for n in range(4)], [a ^ n for n in range(4)], ~a)
for a in (-7.5, -1.0, 0.0, 2.5):
    print(a, [divmod(a, b) for b in (-2.0, 0.75, 3)], [a ** n for n in (0, 1, 2, 3)])
for p in (2, 3, 5, 7, 11):
    print(p, [pow(n, -1, p) for n in range(1, p)], [pow(n, p - 1, p) for n in range(p)], [pow(-n, 3, -p) for n in range(4)])
print([round(n / 4, 1) for n in range(-10, 11)], [round(n, -1) for n in range(-25, 30, 10)], [int(n / 3) for n in range(-7, 8)], [n // 3 for n in range(-7, 8)])
