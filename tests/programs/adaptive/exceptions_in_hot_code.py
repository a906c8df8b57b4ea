"""Exceptions out of specialised instructions, and their line numbers."""
def hot(values, i, d, o):
    a = values[i]
    b = d["k"] + a
    c = o.attr
    e = c < b
    f = len(values)
    x, y = values[:2]
    return a, b, c, e, f, x, y


class O:
    def __init__(self):
        self.attr = 1


values, d, o = [1, 2, 3], {"k": 5}, O()
for _ in range(200):
    hot(values, 1, d, o)
print(hot(values, 1, d, o))
broken = O()
del broken.attr
stringy = O()
stringy.attr = "s"


class Len:
    def __getitem__(self, i):
        return 1 if isinstance(i, int) else [1, 2]


for arguments in [(values, 9, d, o), (values, 0, {}, o), (values, 0, {"k": "s"}, o), (values, 0, d, broken), (values, 0, d, stringy), ([1], 0, d, o), (Len(), 0, d, o), (None, 0, d, o)]:
    try:
        hot(*arguments)
    except Exception as error:
        print(type(error).__name__, error, error.__traceback__.tb_next.tb_lineno)
print(hot(values, 1, d, o))
