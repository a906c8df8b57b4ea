"""Targets of `as` may be anything assignable."""
class M:
    def __init__(self, value):
        self.value = value

    def __enter__(self):
        return self.value

    def __exit__(self, *_):
        return False


class Box:
    pass


box, items, d = Box(), [0, 0], {}
with M(1) as box.attribute, M(2) as items[1], M(3) as d["k"]:
    print(box.attribute, items, d)
with M((1, 2, 3)) as (a, *b), M([4]) as [c]:
    print(a, b, c)
with M(5) as x, M(x + 1) as y:
    print(x, y)
