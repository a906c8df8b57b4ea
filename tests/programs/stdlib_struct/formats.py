"""Every format of struct on many values, and its errors."""

import struct


def t(f, *a, **k):
    try:
        return f(*a, **k)
    except Exception as e:
        return type(e).__module__ + '.' + type(e).__name__ + ': ' + str(e)


vals = [0, 1, -1, 127, 128, 255, 256, -128, -129, 32767, 32768, 65535, 65536, 2**31-1, 2**31, 2**32-1, 2**32, 2**63-1, 2**63, 2**64-1, 2**64, -2**63, -2**63-1, 1.5, -0.0, 1e300, float('inf'), 65504.0, 65519.9, 65520.0, 1e-8, 6e-8, 3e-8, 'x', b'x', b'xy', None, True, 10**400]
for pre in ['', '<', '!']:
    for c in 'xcbB?hHiIlLqQnNefdspPz':
        print(pre + c, t(struct.calcsize, pre + c), t(struct.calcsize, pre + 'b3' + c + 'h'))
        for v in vals:
            r = t(struct.pack, pre + c, v)
            print('  ', repr(v)[:20], r)
            if isinstance(r, bytes): print('     ', t(struct.unpack, pre + c, r))
for f in ['', '3', '3x', 'b 2h', '0s', '0p', '5s', '5p', '300p', '2c', '3?', 'bhilq', '@bhilq', '>bhilq', '4si', '0i', 'b0i', 'b0q', '99999999999999999999b', 'b\0', b'<hh', 'é', 5, '2147483648q', '9223372036854775807c', '9223372036854775807q', '1x1x', ' < b', '<b>b']:
    print(repr(f), t(struct.calcsize, f), t(struct.Struct, f))
print(t(struct.pack, '5s3p', b'abcdefgh', bytearray(b'xyzw')), t(struct.pack, '0s0p', b'a', b'b'), t(struct.pack, '300p', b'q'*400)[:5])
print(t(struct.pack, 'hh', 1), t(struct.pack, 'hh', 1, 2, 3), t(struct.pack), t(struct.unpack, 'hh', b'abc'), t(struct.unpack, 'h', 'ab'))
b = bytearray(10)
for a in [('hh', b, 0, 1, 2), ('hh', b, 8, 1, 2), ('hh', b, -4, 3, 4), ('hh', b, -3, 3, 4), ('hh', b, -20, 3, 4), ('hh', b, 7, 3, 4), ('hh', b), ('hh',), (), ('hh', b, 0), ('hh', b'abcd', 0, 1, 2), ('hh', b, 'x', 1, 2), ('hh', b, 10**30, 1, 2)]:
    print(t(struct.pack_into, *a), b)
for a in [('hh', b), ('hh', b, 6), ('hh', b, 7), ('hh', b, -4), ('hh', b, -3), ('hh', b, -30), ('hh', b'ab'), ('hh', b, 'q')]:
    print(t(struct.unpack_from, *a))
print(list(struct.iter_unpack('>h', b'abcdef')), t(struct.iter_unpack, 'h', b'abc'), t(struct.iter_unpack, '', b'abc'))
it = struct.iter_unpack('>h', memoryview(b'abcdef')); print(it.__length_hint__(), next(it), it.__length_hint__(), list(it), list(it))
s = struct.Struct('>hI'); print(s, s.format, s.size, s.pack(1, 2), s.unpack(s.pack(3, 4)), s.unpack_from(b'x' + s.pack(5, 6), offset=1), struct.error, struct.error.__mro__[1])
class F(struct.Struct): pass
print(F('b'), t(F), t(struct.Struct))
class I:
    def __index__(self): return 7
print(struct.pack('bQf', I(), I(), 3), t(struct.pack, 'f', I()))
