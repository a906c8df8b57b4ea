"""Attributes of modules, classes, metaclasses and bound methods read in hot code."""
import math
import sys


def read():
    return math.pi, math.floor


for _ in range(100):
    read()
print(read()[0])
math.pi = 3
print(read()[0])
math.pi = 3.141592653589793
print(read()[0], read()[1](2.5))


class Meta(type):
    m = "meta"

    @property
    def prop(cls):
        return "metaprop"


class A(metaclass=Meta):
    a = 1

    def f(self):
        return "f"

    @classmethod
    def c(cls):
        return cls.__name__


class B(A):
    pass


def klass(c):
    return c.a, c.m, c.prop, c.c(), c.__name__, c.f is A.f


for _ in range(100):
    klass(A)
print(klass(A), klass(B))
B.a = 2
Meta.m = "new meta"
print(klass(A), klass(B))
A.m = "class m wins over a plain metaclass attribute"
print(klass(B)[1])
Meta.a = property(lambda cls: "data descriptor on the metaclass")
print(klass(B)[0])
del Meta.a, A.m
print(klass(B))
method = A().f
def bound():
    return method(), method.__name__, method.__func__ is A.f
for _ in range(100):
    bound()
print(bound())
