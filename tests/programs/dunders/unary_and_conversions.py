"""Unary operators, and int(), float(), complex(), bool(), index()."""
def show(function, *args, **kwargs):
    try:
        print(repr(function(*args, **kwargs)))
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


class U:
    def __neg__(self): return "neg"
    def __pos__(self): return "pos"
    def __invert__(self): return "invert"
    def __abs__(self): return "abs"
    def __int__(self): return 7
    def __float__(self): return 2.5
    def __complex__(self): return 1j
    def __index__(self): return 2
    def __round__(self, n=None): return ("round", n)
    def __trunc__(self): return 9
    def __floor__(self): return "floor"
    def __ceil__(self): return "ceil"


import math
u = U()
print(-u, +u, ~u, abs(u), int(u), float(u), complex(u), round(u), round(u, 2), math.trunc(u), math.floor(u), math.ceil(u))
print([1, 2, 3][u], "abc"[u:], hex(u), range(u), [0] * u, bytes(u), chr(u))


class Bad:
    def __int__(self): return "x"
    def __float__(self): return 1
    def __bool__(self): return 2
    def __index__(self): return 1.5
    def __len__(self): return -1
    def __hash__(self): return "h"
    def __complex__(self): return 1


for function in (int, float, bool, len, hash, hex, complex):
    show(function, Bad())
show(lambda: [1][Bad()])
show(lambda: -object())
show(lambda: ~1.5)
show(lambda: int(object()))
show(lambda: float([]))
show(lambda: -"a")
show(lambda: +None)


class OnlyIndex:
    def __index__(self): return 3


print(int(OnlyIndex()), float(OnlyIndex()), complex(OnlyIndex()))
