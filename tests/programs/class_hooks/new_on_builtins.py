"""Subclasses of builtins with __new__, __init__ and extra state."""
class Point(tuple):
    def __new__(cls, x, y):
        return super().__new__(cls, (x, y))

    @property
    def x(self):
        return self[0]

    def __repr__(self):
        return f"Point{tuple(self)}"


class Upper(str):
    def __new__(cls, text):
        return super().__new__(cls, text.upper())


class Celsius(float):
    def __new__(cls, value, unit="C"):
        self = super().__new__(cls, value)
        self.unit = unit
        return self

    def __str__(self):
        return f"{float(self)}°{self.unit}"


class Stack(list):
    push = list.append

    def peek(self):
        return self[-1]


class Default(dict):
    def __init__(self, factory, **kwargs):
        super().__init__(**kwargs)
        self.factory = factory

    def __missing__(self, key):
        value = self[key] = self.factory()
        return value


p = Point(1, 2)
print(p, p.x, p + (3,), p == (1, 2), len(p), p[::-1], Upper("abc") + "d", Upper("x").lower())
print(Celsius(20.5), Celsius(1, "K").unit, Celsius(2) * 2, f"{Celsius(3)}", f"{Celsius(3):.1f}")
s = Stack([1])
s.push(2)
print(s, s.peek(), s + [3], type(s + [3]).__name__, type(s[:]).__name__, isinstance(s, list))
d = Default(list, a=1)
d["b"].append(5)
print(d, d.get("zz"), "zz" in d)


class MyException(ValueError, KeyError):
    pass


class Ordered(int):
    def __lt__(self, other):
        return int(self) > int(other)


print(sorted([Ordered(1), Ordered(3), Ordered(2)]), min(Ordered(5), Ordered(9)), MyException.__mro__[1:4])
