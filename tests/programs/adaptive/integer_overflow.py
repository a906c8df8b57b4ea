"""Specialised integer operations that leave the small range."""
def double(n):
    return n + n


def square(n):
    return n * n


def minus(a, b):
    return a - b


for i in range(200):
    double(i), square(i), minus(i, 7)
n = 1
seen = []
for i in range(140):
    n = double(n)
    if i % 20 == 0 or 58 <= i <= 66:
        seen.append(n)
print(seen)
print([square(2 ** k) for k in (14, 15, 16, 29, 30, 31, 32, 61, 62, 63, 64)])
print(minus(-(2 ** 62), 1), minus(-(2 ** 63), 1), minus(2 ** 62, -(2 ** 62)), minus(2 ** 64, 2 ** 64 - 1), double(-(2 ** 62)), double(2 ** 62 - 1), double(2 ** 61))
total = 0
for i in range(300):
    total += 2 ** 55
    total -= 1
print(total)
x = 1
for i in range(100):
    x *= 3
print(x)
for i in range(100):
    x //= 3
print(x)
