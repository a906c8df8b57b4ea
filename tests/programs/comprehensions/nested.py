"""Comprehensions in comprehensions, closures over their variables."""
matrix = [[1, 2, 3], [4, 5, 6]]
print([[row[i] for row in matrix] for i in range(3)])
print([x for row in matrix for x in row if x % 2])
print({i: {j: i * j for j in range(2)} for i in range(2)})
print([[[k for k in range(j)] for j in range(i)] for i in range(3)])
print([(lambda y: x + y)(x) for x in range(3)])
fs = [[lambda: (i, j) for j in range(2)] for i in range(2)]
print([[f() for f in row] for row in fs])
print([sum(y for y in range(x)) for x in range(5)])
print(list(map(lambda row: [c for c in row if c != "a"], ["abc", "aad"])))
print([a for a in [b for b in [c for c in range(3)]]])
print([x for x in [1, 2, 3] for x in [x, x]])
print([(yield_,) for yield_ in range(1)], [1 for _ in range(2) for _ in range(2)])
