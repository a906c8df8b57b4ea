"""bytearray is mutable."""
def show(function, *args, **kwargs):
    try:
        print(repr(function(*args, **kwargs)))
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


b = bytearray(b"abc")
b.append(100)
b.extend(b"ef")
b.insert(0, 65)
b += b"!"
print(b, b.pop(), b.pop(0), b)
b.remove(98)
b.reverse()
print(b, b.copy() == b, b.copy() is b)
b[0:2] = b"ZZZ"
b *= 2
print(b, len(b), b.count(b"Z"))
del b[::2]
print(b)
show(b.append, 256)
show(b.append, "a")
show(b.remove, 1)
show(b.pop, 100)
show(bytearray().pop)
show(b.extend, "abc")
show(b.insert, 0, -1)
b.clear()
print(b, bool(b), repr(bytearray(b"\x00'")))
show(hash, b)
