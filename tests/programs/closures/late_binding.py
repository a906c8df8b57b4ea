"""A closure sees the variable, not its value at definition."""
functions = [lambda: i for i in range(3)]
print([f() for f in functions])
functions = [lambda i=i: i for i in range(3)]
print([f() for f in functions])


def outer():
    def show():
        return x
    x = 1
    first = show()
    x = 2
    return first, show()


print(outer())
fs = []
for n in range(3):
    def f():
        return n
    fs.append(f)
print([f() for f in fs])
