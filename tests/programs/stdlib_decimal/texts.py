"""Decimals as text: str, repr, engineering notation, format specifications of all kinds."""
from decimal import *
import warnings

D = Decimal
values = [D(s) for s in ['0', '-0', '0.00', '0E+5', '0E-7', '0E-6', '1', '-1', '12', '12.3', '1E+1', '1.2E+2', '1E-5', '1E-6', '1E-7', '-1.23E-7', '123456789',
                         '1234567.891', '9.999', '-9.995', '0.5', '1E+10', '1.5E-10', '123E+13', '1E+999', 'NaN', '-NaN12', 'sNaN', 'Infinity', '-Infinity',
                         '12345678901234567890.12345678901234567890', '-0.00000123', '999999.5', '1E-400']]
for x in values:
    print(str(x), repr(x), x.to_eng_string(), end='; ')
print()
with localcontext() as c:
    c.capitals = 0
    print([str(x) for x in values[:20]], values[20:24], D('1E+5').to_eng_string(), f'{D("1E+50"):g} {D("1E+50"):G} {D("1E+50")}')
specs = ['', 'e', 'E', 'f', 'F', 'g', 'G', '%', '.0e', '.3e', '.0f', '.2f', '.6f', '.3g', '.0g', '.10G', '.1%', ',', ',.2f', '20', '<20', '>20', '^20', '=20',
         '020', '*^15.3f', '+', ' ', '-', '+.2f', ' .2e', '+015.3f', '015,.2f', '016,.1f', '08,', ',%', '\u20ac>12', 'n', '.3n', '15n', '0=12', '#<7g', '1']
for spec in specs:
    row = []
    for x in values:
        if abs(x.adjusted()) > 300 and 'f' in spec.lower() + ('f' if '%' in spec else ''):
            continue
        row.append(format(x, spec))
    print(repr(spec), row)
for rounding in (ROUND_DOWN, ROUND_UP, ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_DOWN, ROUND_HALF_UP, ROUND_05UP):
    with localcontext(rounding=rounding):
        print(rounding, [f'{x:.2f} {x:.1e} {x:.2g}' for x in map(D, ['1.005', '-1.005', '2.675', '9.995', '-0.001', '1.0049', '123.45'])])
print(f'{D("-0.001"):z.2f} {D("-1.5"):z.0f} {D("0.0"):z} {D("-0.0"):z.1f}')
for spec in ['x', 'd', '.', '.f', '5.', '010.2x', '<010', '00', '1_000', '_', ',n', '1.5.2', '99999999999999999999', '.99999999999999999999f', 'a<', '*', '+-5', 's',
             '1000000000000000000', '.1000000000000000000f', 5, None, '\ud800<5']:
    try:
        print(repr(format(D('1.5'), spec)))
    except (TypeError, ValueError, OverflowError) as e:
        print(type(e).__name__, e)
print(repr(format(D('1.5'), '\0^7')), '{:{}.{}f}'.format(D('2.71828'), 10, 3), '%s %r' % (D('1.0'), D('1.0')), D('1.50').__format__('.1f'))
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter('always')
    print(format(D(5), 'N'), [str(w.message) for w in caught])
conventions = {'decimal_point': '&', 'thousands_sep': '\u00a0', 'grouping': chr(3) + chr(2) + chr(0)}
for spec in ('n', '20n', '020n', '.5n'):
    print(repr(D('-123456789.125').__format__(spec, conventions)))
for broken in (5, {'decimal_point': ''}, {'decimal_point': 'xxxxx'}, {'grouping': '\x90'}):
    try:
        print(repr(D('1234.5').__format__('n', broken)))
    except (TypeError, ValueError, OverflowError) as e:
        print(type(e).__name__, e)
