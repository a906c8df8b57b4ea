# Views of several dimensions, of none, and of objects whose class has __buffer__.
def attempt(f):
    try:
        r = f()
        print(r.tolist() if isinstance(r, memoryview) else r)
    except Exception as e:
        print(type(e).__name__, e)

m = memoryview(bytes(range(12))).cast('B', [3, 4])
print(m.tolist(), m.shape, m.strides, m.ndim, len(m), m.nbytes, m.itemsize, m.format)
print(m.contiguous, m.c_contiguous, m.f_contiguous, m.suboffsets, m.readonly)
print(m[0, 0], m[2, 3], m[-1, -1], m[1, -2])
for key in (0, slice(0, 1), (0,), (0, 0, 0), (3, 0), (0, 4), (0, -5), 'a', (0, 'a'), ..., (slice(0, 1), slice(0, 1)), (0, slice(1)), None, ()):
    attempt(lambda: m[key])
print(m[1:].tolist(), m[::2].tolist(), m[::-1].tolist(), m[1:].shape, m[::2].strides, m[::2].c_contiguous)
print(m[::2].tobytes(), m[::-1].tobytes().hex(), m.tobytes(), m.tobytes('F'), m.tobytes('A'), m.tobytes(None), m[::2].tobytes('F'))
attempt(lambda: m.tobytes('X'))
attempt(lambda: m.tobytes(1))
attempt(lambda: iter(m))
attempt(lambda: list(m))
attempt(lambda: hash(m) == hash(bytes(range(12))))
print(m == m.cast('B').cast('B', (3, 4)), m == m.cast('B'), m != m.cast('B').cast('B', (4, 3)), m == bytes(range(12)))

cube = memoryview(bytearray(24)).cast('h', (2, 3, 2))
for i in range(2):
    for j in range(3):
        for k in range(2):
            cube[i, j, k] = i * 100 + j * 10 + k
print(cube.tolist(), cube.strides, cube.tobytes('F') == cube.tobytes(), cube.nbytes)
def assign(view, key, value):
    view[key] = value
for key, value in (((0, 0), 1), ((0, 0, 0), 70000), ((0, 0, 0), 'a'), (0, 1), (slice(0, 1), b''), ((0, 0, 5), 1), ((9, 0, 0), 1), ('x', 1)):
    attempt(lambda: assign(cube, key, value))
attempt(lambda: cube.__delitem__((0, 0, 0)))
print(cube.cast('B').nbytes, cube.cast('B').tobytes()[:4])
attempt(lambda: cube.cast('B', (4, 6)))
attempt(lambda: cube.cast('h', [12]))
attempt(lambda: cube.cast('B', [24]).cast('I', [3, 2]).shape)

flat = memoryview(bytes(8))
for shape in ([2, 2], [0, 8], [-1, 8], ['a'], 8, (8,), [8], [2, 2, 2], (1,) * 65, [1 << 40, 1 << 40], [], None, [2.0, 4], [True, 8]):
    attempt(lambda: flat.cast('B', shape).shape)
attempt(lambda: flat.cast('q', []).tolist())
attempt(lambda: flat.cast('q', shape=()).ndim)
attempt(lambda: memoryview(b'').cast('B', [1]))
attempt(lambda: memoryview(b'')[0:0].cast('h'))

one = memoryview(bytearray(b'\x05\x01')).cast('H', ())
print(one[()], one.shape, one.strides, one.ndim, one.nbytes, one.tolist(), one.tobytes(), one[...] is one)
one[()] = 7
print(one[()], one.c_contiguous, one.f_contiguous, one == memoryview(b'\x07\0').cast('H', ()), one == memoryview(b'\x07\0').cast('H'))
one[...] = 9
print(one.tolist())
for f in (lambda: one[0], lambda: len(one), lambda: iter(one), lambda: assign(one, 0, 1), lambda: one[:]):
    attempt(f)

halves = memoryview(bytearray(4)).cast('e')
halves[0] = 1.5
halves[1] = -0.1
print(halves.tolist(), halves.tobytes(), halves.format)
attempt(lambda: assign(halves, 0, 1e6))
attempt(lambda: assign(memoryview(bytearray(4)).cast('f'), 0, 1e300))
print(memoryview(bytes(8)).cast('P').tolist(), memoryview(b'\0\0\x80?').cast('f') == memoryview(b'\0\0\0\0\0\0\xf0?').cast('d'))

class Exporter:
    def __init__(self, data):
        self.data = bytearray(data)
    def __buffer__(self, flags):
        print('buffer', type(flags).__name__)
        return memoryview(self.data)
    def __release_buffer__(self, view):
        print('release', view.tobytes())
        view.release()

e = Exporter(b'hello')
with memoryview(e) as v:
    print(v.tobytes(), len(v), v.readonly)
    v[0] = 72
print(e.data)
w = memoryview(e)
w.release()
attempt(lambda: w[0])
class Wrong:
    def __buffer__(self, flags):
        return 5
attempt(lambda: memoryview(Wrong()))
attempt(lambda: memoryview(object()))
attempt(lambda: memoryview('text'))
