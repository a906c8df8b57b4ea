"""Cells are shared between the functions that use them."""
def make():
    count = 0

    def up():
        nonlocal count
        count += 1
        return count

    def get():
        return count

    return up, get


up, get = make()
print(up(), up(), get())
other, _ = make()
print(other(), get())
print(up.__closure__[0].cell_contents, up.__code__.co_freevars, make.__code__.co_cellvars)
