"""Float operations with ints, overflow and special values in hot loops."""
def step(x, y):
    return x * y + x - y


for _ in range(100):
    step(1.5, 2.5)
for x, y in [(1.5, 2), (2, 1.5), (3, 4), (float("inf"), 1.0), (1e308, 10.0), (float("nan"), 1.0), (-0.0, 0.0), (2 ** 70, 0.5), (True, 1.5), (1j, 2.0)]:
    for _ in range(40):
        value = step(x, y)
    print(value)
total = 0.0
for i in range(1, 1001):
    total += 1.0 / i
print(total)
x = 1.0
for _ in range(1100):
    x *= 2.0
print(x)
x = 1.0
for _ in range(1100):
    x /= 2.0
print(x)
def divide(a, b):
    return a / b
for i in range(1, 100):
    divide(i, 3)
for a, b in [(1, 2), (1.0, 3), (7, 7.0), (2 ** 80, 2 ** 79), (1, 0), (1.0, 0.0)]:
    try:
        print(divide(a, b))
    except ZeroDivisionError as error:
        print(error)
