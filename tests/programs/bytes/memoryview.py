"""memoryview basics."""
def show(function, *args, **kwargs):
    try:
        print(repr(function(*args, **kwargs)))
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


m = memoryview(bytearray(b"abcdef"))
print(m[0], m[1:3].tobytes(), m[::-2].tolist(), len(m), m.format, m.itemsize, m.nbytes, m.readonly, m.shape, m.ndim)
m[0] = 65
m[1:3] = b"XY"
print(m.obj, bytes(m), m == b"AXYdef", m[2:].hex(), list(m[:2]))
r = memoryview(b"ro")
print(r.readonly, r.contiguous, r.strides, hash(r) == hash(b"ro"))


def write():
    r[0] = 1


def resize():
    m[0:2] = b"abc"


def big():
    m[0] = 300


def grow():
    m.obj.append(1)


show(write)
show(resize)
show(big)
show(grow)
show(lambda: m[10])
show(lambda: m["a"])
show(memoryview, 5)
show(memoryview, "a")
c = memoryview(b"\x01\x00\x02\x00").cast("H")
print(c.tolist(), c.format, c.itemsize, len(c))
m.release()
show(lambda: m[0])
with memoryview(b"x") as w:
    print(w.tolist())
show(lambda: w.tolist())
