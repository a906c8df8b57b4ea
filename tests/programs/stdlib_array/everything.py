import warnings; warnings.simplefilter('ignore')
import array as A
from array import array
def show(label, f):
    try: print(label, f())
    except Exception as e: print(label, type(e).__name__, e)
print(A.typecodes, A.ArrayType is array, array)
for c in A.typecodes:
    a = array(c); print(c, a, a.itemsize, a.typecode, len(a))
for c in 'bBhHiIlLqQ':
    for v in [0, 1, -1, 127, 128, 255, 256, 32767, 32768, 65535, 65536, 2**31-1, 2**31, 2**32-1, 2**32, 2**63-1, 2**63, 2**64-1, 2**64, -128, -129, -2**15, -2**15-1, -2**31, -2**31-1, -2**63, -2**63-1, 'a', 1.5, None, True]:
        show((c, v), lambda: array(c, [v]))
for c in 'fd':
    for v in [0, 1.5, 1e300, float('inf'), 3.1, 'a', None, 10**400]: show((c, v), lambda: array(c, [v]))
for c in 'uw':
    for v in ['a', 'é', '€', '😀', 'ab', '', 5, None]: show((c, v), lambda: array(c, [v]))
    show(c, lambda: array(c, 'héllo')); show(c, lambda: array(c, 'héllo').tounicode()); show(c, lambda: array(c, 'xyz') == array(c, 'xyz')); show(c, lambda: array(c, 'abc').tobytes())
for args in [(), (5,), ('x',), ('ab',), ('i', 5), ('i', 'abc'), ('i', [1], 3), ('i', array('u', 'a')), ('i', b'\1\0\0\0\2\0\0\0'), ('i', b'abc'), ('i', range(5)), ('i', (1, 2)), ('d', array('i', [1, 2])), ('i', array('d', [1.5])), ('B', bytearray(b'xyz')), ('i', {1: 2}), ('x', [1])]:
    show(args, lambda: array(*args))
show('kw', lambda: array('i', [1], x=2)); show('kw', lambda: array(typecode='i'))
a = array('i', range(10)); print(a[3], a[-1], a[2:5], a[::-1], a[::3], a[5:2], 5 in a, 99 in a, list(a), list(reversed(a)))
show('ix', lambda: a[10]); show('ix', lambda: a[-11]); show('ix', lambda: a['a']); show('ix', lambda: a[1.0]); show('ix', lambda: a[2**70])
def seti(k, v):
    b = array('i', range(6)); b[k] = v; return b
for k, v in [(0, 9), (-1, 7), (6, 1), (0, 'a'), (0, 2**40), (slice(1, 3), array('i', [7, 8, 9])), (slice(1, 3), [1]), (slice(1, 3), array('h', [1])), (slice(None, None, 2), array('i', [1, 2, 3])), (slice(None, None, 2), array('i', [1])), (slice(3, 1), array('i', [5])), ('a', 1)]: show((k, v), lambda: seti(k, v))
def deli(k):
    b = array('i', range(6)); del b[k]; return b
for k in [0, -1, 6, slice(1, 3), slice(None, None, 2), slice(None, None, -2), slice(5, 0, -1), 'a']: show(k, lambda: deli(k))
b = array('h', [1, 2, 3]); b.append(4); b.extend([5, 6]); b.extend(array('h', [7])); b.insert(0, 0); b.insert(-1, 66); b.insert(100, 8); b.insert(-100, -1); print(b, b.pop(), b.pop(0), b.pop(-2), b); b.remove(5); print(b, b.count(2), b.index(4), b.index(4, 2, -1)); b.reverse(); print(b); b.byteswap(); print(b); b.byteswap()
show('m', lambda: b.append('a')); show('m', lambda: b.extend(5)); show('m', lambda: b.extend(array('i', [1]))); show('m', lambda: b.extend([1, 'a'])); print(b); show('m', lambda: b.remove(99)); show('m', lambda: b.index(99)); show('m', lambda: b.index(1, 5)); show('m', lambda: array('i').pop()); show('m', lambda: b.pop(99)); show('m', lambda: b.fromlist(5)); show('m', lambda: b.fromlist([1, 'x'])); print(b); b.fromlist([10, 11]); b.frombytes(b'\1\0\2\0'); print(b); show('m', lambda: b.frombytes(b'a')); show('m', lambda: b.frombytes('a')); show('m', lambda: b.fromunicode('a')); show('m', lambda: b.tounicode()); show('m', lambda: b.insert(0, 'a')); show('m', lambda: b.insert())
u = array('u', 'ab'); u.fromunicode('cd'); print(u); show('u', lambda: u.fromunicode(5)); show('u', lambda: u.append('xx')); u.append('z'); print(u, u[0], list(u))
print(array('i', [1, 2]) + array('i', [3]), array('i', [1, 2]) * 2, 2 * array('i', [1]), array('i', [1]) * -1); show('c', lambda: array('i') + [1]); show('c', lambda: array('i', [1]) + array('h', [1])); show('c', lambda: array('i') * 'a')
c = array('i', [1]); c += array('i', [2]); c *= 3; print(c)
def ia(o):
    c = array('i', [1]); c += o; return c
show('ia', lambda: ia([1])); show('ia', lambda: ia(array('h', [2])))
print(array('i', [1, 2]) == array('i', [1, 2]), array('i', [1, 2]) == array('d', [1, 2]), array('i', [1]) < array('i', [2]), array('i', [1, 2]) > array('i', [1]), array('i') == [], array('d', [float('nan')]) == array('d', [float('nan')]), array('i', [1]) != array('i', [1, 2])); show('lt', lambda: array('i') < [1]); show('h', lambda: hash(array('i')))
print(array('i', [1, 2]).tolist(), array('i', [1, 256]).tobytes(), array('d', [1.5]).tobytes(), array('i', [1, 2]).__copy__(), array('i', [1]).__deepcopy__({}), array('i', [1, 2]).__reduce_ex__(2), array('d', [1.0]).__reduce_ex__(4)[1:], array('i').buffer_info()[1], array('i', [1, 2]).buffer_info()[1])
for cc in 'bBuwhHiIlLqQfd': print(cc, array(cc).__reduce_ex__(4)[1][2])
r = array('h', [1, -2]).__reduce_ex__(3); print(r[0](*r[1])); R = A._array_reconstructor
for args in [(array, 'i', 8, b'\1\0\0\0'), (array, 'i', 9, b'\0\0\0\1'), (array, 'd', 14, b'\0\0\x80?'), (array, 'l', 8, b'\1\0\0\0\xff\xff\xff\xff'), (int, 'i', 8, b''), (5, 'i', 8, b''), (array, 'x', 8, b''), (array, 'i', 99, b''), (array, 'i', 8, 'a'), (array, 'i', 8, b'a'), (array, 'u', 18, b'a\0b\0')]: show(args, lambda: R(*args))
m = memoryview(array('i', [1, 2, 3])); print(m.format, m.itemsize, m.shape, m.nbytes, m[1], m.tolist(), m.readonly, type(m.obj), bytes(m), m[1:].tolist()); x = array('d', [1.0, 2.0]); mv = memoryview(x); mv[0] = 5.5; print(x, mv.cast('B').nbytes); mv.release(); x.append(3); print(x)
print(bytes(array('B', b'abc')), bytearray(array('h', [1])), b''.join([array('B', b'x'), b'y']), memoryview(array('B', b'ab')) == b'ab', int.from_bytes(array('B', [1, 2]), 'big'))
class S(array):
    def __new__(cls, *a, **k): return super().__new__(cls, *a)
    def __init__(self, *a, **k): self.k = k
s = S('i', [1, 2], foo=1); print(s, s.k, s + s, type(s + s), type(s[:1]), s.__reduce_ex__(2)); s.attr = 1
it = iter(array('i', [1, 2, 3])); next(it); print(it.__reduce__(), list(it), it.__reduce__(), type(it)); print(array[int]); a = array('i', [1, 2]); a.clear(); print(a)
match array('i', [1, 2]):
    case [x, y]: print('seq', x, y)
import collections.abc; print(isinstance(a, collections.abc.MutableSequence), issubclass(array, collections.abc.Sequence)); f = array('f', [0.1, 1e40, -0.0]); print(f, array('d', [-0.0, 5e-324])); show('of', lambda: array('f', [1e40]))
total = 0
a = array('d', [0.5]) * 1000
for i in range(len(a)): a[i] = i * a[i]; total += a[i]
print(total)
