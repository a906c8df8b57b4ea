"""Decimals and other numbers: conversions, comparisons, hashes, int, round, tuples, subclasses, pickles."""
import copy
import math
import numbers
import pickle
import sys
from decimal import *
from fractions import Fraction


def t(f, *args, **kwargs):
    try:
        print('=>', repr(f(*args, **kwargs)))
    except BaseException as e:
        print(type(e).__name__, e)


D = Decimal
for value in ['1', '-1.50', ' 1e5 ', '1_000.5_0', 'Infinity', '-inf', 'nan', 'NaN0012', '-sNaN5', '\u0661\u0662\u0663.\u0664', '\u2003 12\u2003', '',
              '.', '1e', '1.2.3', '0x10', '1e400000000000000000', '1e99999999999999999999', '1e-99999999999999999999', '1 2', 'in', '--1', '\x001',
              '+0', '-0e-5', 5, True, -2**70, 10**40, 1.1, -0.0, 5e-324, 1.7976931348623157e308, float('nan'), float('-inf'), (0, (1, 2, 3), -2),
              [1, [4, 0], 3], (0, (), 0), (1, (), 'F'), (0, (5, 6), 'n'), (1, (0, 7), 'N'), (0, (0, 0, 1), 5), None, b'1', {}, 1j, (1, 2),
              (2, (1,), 0), (0, (10,), 0), (0, ('1',), 0), (0, 5, 0), (0, (1,), 1.5), (0, (1,), 'x'), ('0', (1,), 0), Fraction(1, 2)]:
    t(D, value)
t(D)
t(D, '1', Context(prec=3))
t(D, '1', 5)
t(D, val='1')
t(D, 'x', context=Context(traps=[]))
t(D, value='7', context=None)
t(D.from_float, 0.1)
t(D.from_float, 3)
t(D.from_float, '3')
c = Context(prec=4, traps=[])
for value in ['1.23456', 123456, 1.23456, D('9.99999'), (0, (1, 2, 3, 4, 5, 6), -3), ' 1', '1_0', 'NaN123456', D('NaN123456'), D('sNaN12')]:
    print(c.create_decimal(value), end=' ')
print(c.create_decimal(), c.create_decimal_from_float(0.1), c.create_decimal_from_float(7))
t(c.create_decimal, None)

values = [D(0), D('-0.0'), D(1), D('1.0'), D('-1.5'), D('0.1'), D('1E+20'), D('1E-20'), D('Infinity'), D('-Infinity'), D('NaN'), D(2)**70]
others = [0, 1, -2, 2**70, 10**20, 0.1, 1.0, -1.5, 1e20, math.inf, -math.inf, math.nan, Fraction(1, 10), Fraction(-3, 2), Fraction(2**70, 1), True,
          1 + 0j, 1.5j, 'x', None, (1,)]
for x in values:
    print(x, ''.join('=' if x == y else '.' for y in values + others), ''.join('!' if x != y else '.' for y in values + others), end=' ')
    for y in values + others:
        try:
            print('<' if x < y else '.', '>' if x > y else '.', '{' if x <= y else '.', '}' if x >= y else '.', sep='', end='|')
        except (TypeError, InvalidOperation) as e:
            print(type(e).__name__[0], end='|')
    print()
t(lambda: D('snan') == 1)
t(lambda: D(1) < 1j)
t(lambda: D(1) < 'a')
with localcontext() as ctx:
    ctx.traps[FloatOperation] = True
    t(lambda: D(1.5))
    t(lambda: D(1) < 1.5)
    t(lambda: D(1) == 1.0)
    t(lambda: D.from_float(1.5))
    print(ctx.flags[FloatOperation])
for x in values[:9] + [D('123.456'), D(10)**30, D('1e-30'), D('-7e100'), D(2)**61 - 1, D(2)**61, D('0.5')]:
    equal = [y for y in (int(x) if x.is_finite() and x == x.to_integral_value() else None, float(x), Fraction(x) if x.is_finite() else None) if y == x]
    print(x, hash(x), [hash(y) == hash(x) for y in equal])
t(hash, D('sNaN'))
print(len({D(1), 1, 1.0, D('1.00'), Fraction(1)}), {D('2.50'): 'a'}[2.5], D('nan') in [D('nan')])

for x in map(D, ['0', '-0.5', '0.5', '1.5', '2.5', '-2.5', '2.4999', '1E+3', '-123456789.987654321', '99999999999999999999.5', '1E-400']):
    print(x, int(x), round(x), math.floor(x), math.ceil(x), math.trunc(x), float(x), complex(x), bool(x), x.as_integer_ratio(), x.as_tuple(), x.adjusted())
for x in ('NaN', 'sNaN', 'Infinity', '-Infinity'):
    for f in (int, round, math.floor, float, complex, D.as_integer_ratio, D.as_tuple, bool, D.adjusted):
        t(f, D(x))
for places in (0, 1, 3, -1, -5, 40, 2**70, '1', 1.0, None):
    t(round, D('12345.6785'), places)
t(D('1').__round__, 1, 2)
print(D('3.14').real, D('3.14').imag, D(5).conjugate(), D(5).radix(), D(5).canonical(), +D('-0'), -D('0'), abs(D('-7.0')))
print(isinstance(D(1), numbers.Number), isinstance(D(1), numbers.Real), issubclass(D, numbers.Number))
for f in [lambda: D(1) + 1.5, lambda: 1.5 - D(1), lambda: D(1) * Fraction(1, 2), lambda: D(1) + None, lambda: 'a' + D(1), lambda: D(1) & 1, lambda: ~D(1),
          lambda: divmod(D(7), 'x'), lambda: pow(D(2), 3, 'x'), lambda: pow(2, D(3), 5), lambda: D(1) << 2, lambda: [1][D(0)],
          lambda: range(D(3)), lambda: D(1) @ D(2), lambda: math.sqrt(D(2)), lambda: sum([D('0.1')] * 10), lambda: max(D(1), 2, 1.5),
          lambda: sorted([D(3), 1, D('2.5'), 2]), lambda: '%d %s %.2f' % (D('3.7'), D('3.70'), D('3.456')), lambda: D(7) // 2, lambda: 7 // D(2),
          lambda: -7 % D(3), lambda: D(-7) % 3, lambda: divmod(-7, D(3)), lambda: 2 ** D(10), lambda: D(2) ** -1, lambda: 10**30 + D(1),
          lambda: D(1).foo, lambda: setattr(D(1), 'x', 1), lambda: D.__add__(1, 2), lambda: D(5).quantize(), lambda: D(5).quantize('1'),
          lambda: D(5).quantize(D(1), 'x'), lambda: D(5).quantize(D(1), rounding=ROUND_UP, context=5), lambda: D(5).compare(1.5), lambda: D(5).max(None),
          lambda: D(5).fma(2), lambda: D(5).fma(2, 3), lambda: D(5).sqrt(context=Context(prec=3)), lambda: D(5).exp(1), lambda: D(5).to_integral('x')]:
    t(f)


class Money(Decimal):
    def __new__(cls, value, currency='EUR'):
        self = super().__new__(cls, value)
        self.currency = currency
        return self

    def __reduce__(self):
        return Money, (str(self), self.currency)


a = Money('1.50', 'USD')
print(a, repr(a), a.currency, type(a + 1), a + a, type(+a), a == D('1.5'), hash(a) == hash(1.5), isinstance(a, Decimal), type(copy.copy(a)), D(a), type(D(a)))
print(type(Money.from_float(2.5)), Money.from_float(2.5), Money(a), Money(D('7')).currency, a.quantize(D(1)), type(a.conjugate()), sorted([a, D(1), 2]))


class Plain(Decimal):
    pass


print(Plain('3.1'), type(Plain('3.1').copy_abs()), Plain(Plain(4)), pickle.loads(pickle.dumps(Plain('5.50'))), type(pickle.loads(pickle.dumps(Plain('5.50')))), f'{Plain(7):05}')
for x in (D('1.50'), D('-Infinity'), D('NaN123'), D('1E+999999'), a):
    print([(type(y).__name__, str(y)) for y in (copy.copy(x), copy.deepcopy(x), *(pickle.loads(pickle.dumps(x, i)) for i in range(6)))])
print(DecimalTuple(0, (1, 2), -1), DecimalTuple.__module__, D(DecimalTuple(1, (5,), 2)), DecimalTuple._fields, D(1).__reduce__())
match D('2.5'):
    case Decimal(real=r):
        print('matched', r)
print([n for n in dir(Decimal) if n not in dir(object)])
