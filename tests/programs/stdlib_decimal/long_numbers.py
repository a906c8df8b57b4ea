"""Numbers of thousands of digits: products, quotients, roots and conversions agree with those of int and with each other."""
import math
import zlib
from decimal import *

c = getcontext()
c.prec, c.Emax, c.Emin = MAX_PREC, MAX_EMAX, MIN_EMIN


def checksum(x):
    return zlib.crc32(str(x).encode())


for digits in (60, 700, 1500, 5000, 12000):
    a, b = Decimal(7) ** (digits * 100 // 85), Decimal(3) ** (digits * 100 // 48) + digits
    product = a * b
    print(digits, len(str(product)), checksum(product), product // a == b, divmod(product + 5, b) == (a, 5), (product * product) == product ** 2)
    if digits <= 5000:
        print(int(a) == 7 ** (digits * 100 // 85), Decimal(int(a)) == a, hash(a) == hash(int(a)), a % 1000007 == int(a) % 1000007)
for digits in (50, 200, 1000, 3000, 7000):
    with localcontext(prec=digits):
        two, third = Decimal(2).sqrt(), Decimal(1) / 3
        inverse = Decimal(1) / (Decimal(7) ** digits + 3)
        print(digits, checksum(two), checksum(third), checksum(inverse), checksum(two * third), checksum(+(two / third)), (two * two).quantize(Decimal(1)))
        square = (Decimal(10) ** digits // 7) ** 2
    root = square.sqrt(Context(prec=digits + 5))
    print(root * root == square, square == math.isqrt(int(square)) ** 2 if digits <= 3000 else '')
with localcontext(prec=900):
    e, l = Decimal(1).exp(), Decimal(10).ln()
    print(checksum(e), checksum(l), e.ln() == 1, abs(l.exp() - 10) < Decimal('1e-895'), checksum(Decimal(2).log10()))
print(Decimal(1) / 8, Decimal(10) ** 100 / 2 ** 50, Decimal(144).sqrt(), Decimal('1E+1000') * 2)
for f in (lambda: Decimal(1) / 3, lambda: Decimal(2).sqrt(), lambda: Decimal('1E+999999999999') + 1, lambda: int(Decimal('1E+999999999999')),
          lambda: Decimal('1E+999999999999').quantize(Decimal(1)), lambda: format(Decimal('1E+999999999999'), 'f')):
    try:
        print(f())
    except MemoryError:
        print('MemoryError')
