"""Comparisons and equality between int, float, bool and complex, large and small."""
values = [0, -1, 1, True, False, 1.0, 0.5, -0.0, 2 ** 53, 2 ** 53 + 1, float(2 ** 53), 2 ** 1000, 1e300, float("inf"), -float("inf"), 10 ** 400]
for a in values:
    print(str(a)[:22].ljust(22), "".join("<" if a < b else "=" if a == b else ">" for b in values))
nan = float("nan")
print([v < nan or v == nan or v > nan for v in values], 1 + 0j == 1, 1j == 1, 2 ** 53 + 1 == 2.0 ** 53, {1: 0, 1.0: 1, True: 2, 1 + 0j: 3})
print(sorted(values, key=lambda v: (v, str(v)))[:8], max(values) == 10 ** 400 or max(values), min(values))
