# Every kind of pattern, and the errors of class patterns.
class P:
    __match_args__ = ('x', 'y')
    def __init__(self, x, y): self.x = x; self.y = y
class Q: __match_args__ = 5
class R: __match_args__ = (1,)
class S: __match_args__ = ['x']
class T: pass
class U: __match_args__ = ('x', 'x')
def m(v):
    match v:
        case 0 | 1 | 2: return 'small'
        case -1: return 'neg'
        case 1.5 | -2.5: return 'float'
        case 3 + 4j | -3 - 4j: return 'cplx'
        case 'a' | b'b': return 'sb'
        case None: return 'None'
        case True: return 'T'
        case P(0, y): return ('P0', y)
        case P(x, y=5): return ('P5', x)
        case P(x=a, y=b): return (a, b)
        case []: return 'empty'
        case [x]: return ('one', x)
        case [1, *r]: return ('1r', r)
        case [*_, 9]: return 'ends9'
        case (x, 2, *m, y): return (x, m, y)
        case {'k': v, **r}: return ('k', v, r)
        case {'z': {'y': [a, b]}}: return a, b
        case {}: return 'dict'
        case int(x): return ('int', x)
        case str() as s if len(s) > 3: return 'long', s
        case float(): return 'float'
        case (str(x) | bytes(x)): return 'sb', x
        case set() | frozenset(): return 'set'
        case _: return 'other'
for v in [0, 1, 2, -1, 1.5, -2.5, 3+4j, -3-4j, 'a', b'b', None, True, False, P(0, 3), P(4, 5), P(6, 7), [], (), [7], (1, 2, 3), [5, 9], (3, 2, 4, 5), {'k': 1, 'j': 2}, {'z': {'y': 'ab'}}, {'z': {'y': [1, 2]}}, {}, {1: 2}, 77, 'abcd', 'xyz', b'q', 2.25, {1}, frozenset(), range(3), object, bytearray(b'ab'), iter([])]:
    print(v if not isinstance(v, P) and not hasattr(v, '__next__') else type(v), m(v))
def t(f):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
def e1():
    match P(1, 2):
        case P(1, 2, 3): return 1
def e2():
    match Q():
        case Q(1): return 1
def e3():
    match R():
        case R(1): return 1
def e4():
    match S():
        case S(1): return 1
def e5():
    match T():
        case T(1): return 1
def e6():
    match U():
        case U(1, 2): return 1
def e7():
    match P(1, 2):
        case P(1, x=1): return 1
def e8():
    match 5:
        case int(1, 2): return 1
def e9():
    x = 5
    match 5:
        case x(): return 1
def e10():
    match {'a': 1}:
        case {'a': 1, **rest}: return rest
def e11():
    class K: a = 'k'; b = 'k'
    match {'k': 1}:
        case {K.a: 1, K.b: 1}: return 1
def e12():
    match T():
        case T(): return 'T()'
def e13():
    match object():
        case T(a=1): return 1
    return 'no'
for f in [e1, e2, e3, e4, e5, e6, e7, e8, e9, e10, e11, e12, e13]: t(f)
match 1, 2:
    case a, b: print(a, b)
match [1, [2, [3, *x]]]:
    case [a, [b, [c, *d]]]: print(a, b, c, d)
match x := 5:
    case 5: print('walrus', x)
match *[1, 2], 3:
    case [a, b, c]: print(a, b, c)
class Color: RED = 1; GREEN = 2
match 2:
    case Color.RED: print('r')
    case Color.GREEN: print('g')
match {'a': 1}:
    case {'a': 1 | 2 as n}: print(n)
match 'x':
    case 'x' 'y': print('xy')
    case ('x'): print('x')
match (1, 2, 3):
    case (1, (2 | 3) as q, z) if z > 5: print('no')
    case (1, (2 | 3) as q, z): print(q, z)
import sys
class Seq:
    def __len__(self): return 2
    def __getitem__(self, i): return i
match Seq():
    case [a, b]: print('seq')
    case _: print('not seq')
class L(list): pass
match L([1, 2]):
    case [a, b]: print('L', a, b)
class D(dict):
    def __missing__(self, k): return 'missing'
match D():
    case {'x': v}: print(v)
    case _: print('no missing')
class B(int): pass
match B(3):
    case int(3): print('B3')
match True:
    case 1: print('True==1')
match 1.0:
    case 1: print('1.0==1')
class M(type):
    def __instancecheck__(c, o): return True
class I(metaclass=M): pass
match 3:
    case I(): print('I')
match 3:
    case I(real=3, imag=0 as im): print('I', im)
match ...:
    case object(): print('obj')
