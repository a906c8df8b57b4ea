"""Streams of every wrapper, in pieces, and their errors."""

import zlib


def t(f, *a, **k):
    try:
        return f(*a, **k)
    except Exception as e:
        return type(e).__module__ + '.' + type(e).__name__ + ': ' + str(e)


ds = [b'', b'a', b'ab', b'abc', b'abcd', bytes(range(256)), b'hello world\n' * 5, b'  trailing \t\nx = y\r\nz.\n.\n_' ]
for d in ds + [b'x' * 100000, bytes(i * i % 251 for i in range(70000))]:
    for lv in (-1, 0, 1, 6, 9):
        for wb in (15, -15, 31, 9, -9):
            c = zlib.compress(d, lv, wbits=wb)
            assert zlib.decompress(c, wbits=wb) == d
            if wb > 0: print(c[:2], end=' ')
            co = zlib.compressobj(lv, zlib.DEFLATED, wb); c2 = co.compress(d[:50]) + co.flush(zlib.Z_SYNC_FLUSH) + co.compress(d[50:]); c2 += co.copy().flush()
            do = zlib.decompressobj(wb); out = b''
            for i in range(0, len(c2), 1000): out += do.decompress(do.unconsumed_tail + c2[i:i+1000], 700) 
            while do.unconsumed_tail: out += do.decompress(do.unconsumed_tail, 5000)
            out += do.flush()
            assert out == d, (len(out), len(d)); assert do.eof
    print()
c = zlib.compress(b'hello hello hello')
print(t(zlib.decompress, c[:-1]), t(zlib.decompress, c[:-1] + b'x'), t(zlib.decompress, b'xx' + c), t(zlib.decompress, b''), t(zlib.decompress, c + b'extra'), t(zlib.decompress, 'x'), t(zlib.compress, b'', 10), t(zlib.compress, b'', 6, 99), t(zlib.decompress, b'', 99), t(zlib.decompressobj, 99), t(zlib.compressobj, 99))
do = zlib.decompressobj(); print(do.decompress(c + b'tail'), do.unused_data, do.eof, do.unconsumed_tail, do.decompress(b'more'), do.unused_data)
do = zlib.decompressobj(); print(do.decompress(c, 3), do.unconsumed_tail != b'', do.eof, t(do.decompress, b'', -1), t(do.flush, 0), do.flush())
g = zlib.compress(b'gz', wbits=31); print(g[:10], zlib.decompress(g, 47), zlib.decompress(g, wbits=31), t(zlib.decompress, g[:-1] + b'\x01', 31))
print(zlib.error, zlib.error.__mro__[1], t(zlib.compressobj().compress, 'x'))
