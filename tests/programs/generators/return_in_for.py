"""Generators and for/else, break, nested loops and local state."""
def fibonacci(limit):
    a, b = 0, 1
    while a < limit:
        yield a
        a, b = b, a + b


for n in fibonacci(50):
    if n > 20:
        print("break at", n)
        break
else:
    print("not reached")
for n in fibonacci(3):
    pass
else:
    print("else", n)


def pairs(items):
    for i, a in enumerate(items):
        for b in items[i + 1:]:
            yield a, b


print(list(pairs("abc")))
it = fibonacci(100)
print([next(it) for _ in range(5)], next(it), list(zip(it, it)))


def chunks(sequence, size):
    for i in range(0, len(sequence), size):
        yield sequence[i:i + size]


print(list(chunks("abcdefg", 3)))


def switch(value):
    while True:
        if value:
            value = yield "truthy"
        else:
            value = yield "falsy"


s = switch(0)
print(next(s), s.send([]), s.send([0]))
