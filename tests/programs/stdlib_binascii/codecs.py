"""Every coding of binascii, and its errors."""

import binascii
import zlib


def t(f, *a, **k):
    try:
        return f(*a, **k)
    except Exception as e:
        return type(e).__module__ + '.' + type(e).__name__ + ': ' + str(e)


ds = [b'', b'a', b'ab', b'abc', b'abcd', bytes(range(256)), b'hello world\n' * 5, b'  trailing \t\nx = y\r\nz.\n.\n_' ]
for d in ds:
    print(binascii.b2a_base64(d), binascii.b2a_base64(d, newline=False), binascii.hexlify(d)[:40], binascii.hexlify(d, ':')[:40], binascii.hexlify(d, b'-', -3)[:30], binascii.hexlify(d, '_', 2)[:30])
    print(t(binascii.b2a_uu, d[:45]), t(binascii.b2a_uu, d, backtick=True), binascii.a2b_base64(binascii.b2a_base64(d)) == d)
    print(binascii.a2b_uu(binascii.b2a_uu(d[:45])) == d[:45], binascii.unhexlify(binascii.hexlify(d)) == d)
    for q in (0, 1):
        for x in (0, 1):
            for h in (0, 1): 
                e = binascii.b2a_qp(d, q, x, h)
                print(e[:90], binascii.a2b_qp(e, h) == d)
    print(binascii.crc32(d), binascii.crc32(d, 12345), binascii.crc_hqx(d, 0), binascii.crc_hqx(d, 0xffff1234), zlib.adler32(d), zlib.crc32(d, -1), zlib.adler32(d, 77))
for d in [b'YQ', b'YQ=', b'YQ==', b'Y', b'YWJj\nZGU=', b'=YWJj', b'YW=Jj', b'Y=WJj', b'YWJj=', b'YWJj==', b'YQ==YQ==', 'YWJ*j', 'é', b'YWJjZ', b'====', b'YWJj ', 5, None]:
    print(d, t(binascii.a2b_base64, d), t(binascii.a2b_base64, d, strict_mode=True))
for d in ['abc', 'zz', 'ABcd', b'0', 'é', 7, '0g']: print(t(binascii.unhexlify, d))
for d in [b'!\xff', b'#86)C', b'#86)C\n', b'#86)C xx', b'', b' ', b'0', '#86)C`']: print(d, t(binascii.a2b_uu, d) if d else None)
for d in [b'a=3Db', b'a=\nb', b'a=\r\nb', b'a==b', b'a=zz', b'=', b'a=4', b'_x_', b'=c3=A9']: print(t(binascii.a2b_qp, d), t(binascii.a2b_qp, d, True))
print(t(binascii.hexlify, b'ab', 'xx'), t(binascii.hexlify, b'ab', 'é'), t(binascii.hexlify, b'ab', 5), t(binascii.hexlify, 'ab'), binascii.Error, binascii.Error.__mro__[1], binascii.Incomplete)
