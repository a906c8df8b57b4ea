"""The same work through monomorphic, polymorphic and megamorphic call and attribute sites.

Kind: object-oriented dispatch
Origin: polymorphic inline caches (U. Hoelzle, C. Chambers and D. Ungar, ECOOP 1991), whose terms these are
Stresses: LOAD_ATTR and CALL sites with one, three and twelve receiver classes, properties, __call__, __getattr__, slots, class attributes
Test size: 150
"""

import sys

FULL_SIZE = 60_000


class Shape:
    sides = 0

    def __init__(self, size):
        self.size = size

    def area(self):
        raise NotImplementedError

    def describe(self):
        return self.sides + self.area()


def make_shape_class(number):
    """Twelve classes that differ in layout, so that no two share a site's cache."""

    class Made(Shape):
        sides = number

        def __init__(self, size):
            for extra in range(number):
                setattr(self, f"extra{extra}", extra)
            super().__init__(size)

        def area(self):
            return self.size * number % 97

    Made.__name__ = f"Shape{number}"
    return Made


class Slotted:
    __slots__ = ("size", "hidden")
    sides = 4

    def __init__(self, size):
        self.size = size
        self.hidden = size // 2

    def area(self):
        return self.size + self.hidden

    describe = Shape.describe


class Computed:
    sides = 5

    def __init__(self, size):
        self._size = size

    @property
    def size(self):
        return self._size

    @size.setter
    def size(self, value):
        self._size = value

    def __getattr__(self, name):
        if name == "area":
            return lambda: self._size * 2
        raise AttributeError(name)

    describe = Shape.describe


class Callable:
    def __init__(self, step):
        self.step = step

    def __call__(self, n):
        return n + self.step

    def method(self, n):
        return n - self.step

    @staticmethod
    def static(n):
        return n * 3

    @classmethod
    def of_class(cls, n):
        return n ^ len(cls.__name__)


def use(shapes, rounds):
    """One function; which classes its sites see depends on the list."""
    total = 0
    for i in range(rounds):
        for shape in shapes:
            shape.size = i % 50
            total += shape.describe()
            total += shape.size + shape.sides
    return total


def use_monomorphic(shapes, rounds):
    total = 0
    for i in range(rounds):
        for shape in shapes:
            shape.size = i % 50
            total += shape.describe()
            total += shape.size + shape.sides
    return total


def apply_all(functions, rounds):
    value = 1
    for _ in range(rounds):
        for function in functions:
            value = function(value) % 100_003
    return value


def main():
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else FULL_SIZE
    classes = [make_shape_class(n) for n in range(12)]
    one = [classes[3](1) for _ in range(12)]
    three = [classes[i % 3](1) for i in range(12)]
    twelve = [cls(1) for cls in classes]
    odd = [Slotted(2), Computed(3)] * 3
    print("one class:", use_monomorphic(one, rounds))
    print("three classes:", use(three, rounds))
    print("twelve classes:", use(twelve, rounds))
    print("odd classes:", use(odd, rounds))
    step = Callable(5)
    functions = [step, step.method, Callable.static, Callable.of_class, lambda n: n + 1, abs, int,
                 Shape(7).size.__add__, use.__name__.__len__().__add__]
    print("calls:", apply_all(functions[:1] * 9, rounds), apply_all(functions, rounds))


if __name__ == "__main__":
    main()
