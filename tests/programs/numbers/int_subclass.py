"""Subclasses of int, float and str lose their type in arithmetic."""
class I(int):
    def __repr__(self):
        return f"I({int(self)})"


class F(float):
    pass


class S(str):
    def upper(self):
        return "mine"


i = I(5)
print(i, str(i), repr(i), f"{i}", i + 1, type(i + 1).__name__, [i], -i, type(+i).__name__, int(i), type(int(i)).__name__, {5: 1}[i], i == 5, "%d %s" % (i, i))
print(F(1.5), F(1.5) * 2, type(F(1) + 1).__name__, F("2.5"), f"{F(2):.1f}")
s = S("abc")
print(s, s.upper(), s.lower(), type(s.lower()).__name__, type(s[:]).__name__, type(s + "").__name__, "abc" == s, {"abc": 1}[s], type(str(s)).__name__, s.join(["1", "2"]), type("%s" % s).__name__)
i.extra = 1
s.extra = 2
print(i.__dict__, s.__dict__)


class T(tuple):
    def __new__(cls, *items):
        return super().__new__(cls, items)

    def __add__(self, other):
        return T(*tuple.__add__(self, other))


t = T(1, 2)
print(t, t + (3,), type(t + (3,)).__name__, type(t[:]).__name__, t * 2, len(t), t == (1, 2), hash(t) == hash((1, 2)))
