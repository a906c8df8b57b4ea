"""One long-running frame: code is rewritten while it runs and while generators are suspended in it."""
def machine(n):
    total = 0
    kind = int
    for i in range(n):
        x = kind(i)
        total = total + x
        if i == 100:
            kind = float
        elif i == 200:
            kind = complex
        elif i == 300:
            kind = int
            total = 0
        yield total


results = list(machine(400))
print(results[100], results[101], results[200], results[201], results[-1])
a, b = machine(400), machine(400)
out = []
for i in range(400):
    x = next(a)
    if i % 2:
        y = next(b)
    if i in (150, 250, 399):
        out.append((x, y))
print(out)


def flat():
    log = []
    value = 1
    for i in range(1000):
        if i == 250:
            value = 1.0
        if i == 500:
            value = "s"
        if i == 750:
            value = [1]
        value2 = value + value
        if i % 250 == 249:
            log.append(value2)
    return log


print(flat())
