"""else on loops, break, continue, nested."""
def find(items, wanted):
    for item in items:
        if item == wanted:
            result = "found"
            break
    else:
        result = "missing"
    return result


print(find([1, 2], 2), find([1, 2], 3), find([], 1))
n = 3
while n:
    n -= 1
    if n == 1:
        continue
    print(n, end=" ")
else:
    print("while else")
while True:
    break
else:
    print("never")
for i in range(3):
    for j in range(3):
        if j == 1:
            continue
        if i == 1:
            break
        print((i, j), end=" ")
    else:
        print("inner else", i, end=" ")
        continue
    print("inner broke", i, end=" ")
else:
    print("outer else")
for x in []:
    pass
print("x" in globals())
for x in range(2):
    x = 10
print(x)
for i, (a, b), *rest in [(1, (2, 3), 4, 5), (6, "xy")]:
    print(i, a, b, rest)
while (n := n + 1) < 5 if n < 3 else False:
    print("n", n, end=" ")
print(n)
for d["k"] in range(2) if (d := {}) is not None else ():
    pass
print(d)
def nested():
    while True:
        for i in range(5):
            if i == 3:
                return i
print(nested())
