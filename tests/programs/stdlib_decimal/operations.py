"""Every operation of contexts on pseudo-random and chosen operands, in contexts of all kinds: results, signals."""
import zlib
from decimal import *

ROUNDINGS = [ROUND_UP, ROUND_DOWN, ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, ROUND_HALF_DOWN, ROUND_HALF_EVEN, ROUND_05UP]
UNARY = ('abs minus plus normalize to_integral to_integral_exact to_integral_value sqrt next_minus next_plus logb logical_invert '
         'copy_abs copy_negate number_class to_sci_string to_eng_string is_normal is_subnormal is_zero is_nan is_qnan is_snan is_signed '
         'is_finite is_infinite copy_decimal canonical is_canonical create_decimal').split()
BINARY = ('add subtract multiply divide divide_int divmod remainder remainder_near compare compare_signal compare_total compare_total_mag '
          'max min max_mag min_mag next_toward quantize logical_and logical_or logical_xor rotate scaleb shift same_quantum copy_sign').split()
state = 12345


def rand(n):
    global state
    state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
    return (state >> 33) % n


def number():
    kind = rand(20)
    sign = '-' if rand(3) == 0 else ''
    if kind == 0:
        return sign + ['Inf', 'NaN', 'sNaN', 'NaN123', 'sNaN98765432109876543210'][rand(5)]
    if kind == 1:
        return sign + '0' + ('.' + '0' * rand(9) if rand(2) else 'E%d' % (rand(80) - 40))
    k = [1, 2, 3, 9, 18, 19, 20, 28, 37, 38, 39, 57][rand(12)]
    style = rand(6)
    if style == 0:
        digits = '9' * k
    elif style == 1:
        digits = '1' + '0' * (k - 1)
    elif style == 2:
        digits = ''.join('01'[rand(2)] for _ in range(k))
    else:
        digits = ''.join(str(rand(10)) for _ in range(k))
    if rand(2):
        at = rand(k + 1)
        digits = (digits[:at] or '0') + '.' + digits[at:]
    if rand(2):
        digits += 'E%d' % [rand(10) - 5, rand(80) - 40, rand(400) - 200][rand(3)]
    return sign + digits


def context():
    prec = [1, 2, 5, 9, 18, 19, 20, 28, 38, 39, 60][rand(11)]
    emax, emin = [(999999, -999999), (rand(100), -rand(100)), (rand(9), -rand(9)), (MAX_EMAX, MIN_EMIN)][rand(4)]
    return Context(prec=prec, Emax=emax, Emin=emin, rounding=ROUNDINGS[rand(8)], clamp=rand(2), capitals=rand(2), traps=[])


def shown(x):
    return '(%s, %s)' % x if isinstance(x, tuple) else str(x)


def row(c, name, args):
    result = shown(getattr(c, name)(*args))
    flags = ' '.join(s.__name__ for s, on in c.flags.items() if on)
    c.clear_flags()
    return f'{name} {" ".join(map(str, args))} p{c.prec} [{c.Emin}, {c.Emax}] {c.rounding} {c.clamp}: {result} [{flags}]'


for name in UNARY + BINARY:
    arity = 1 if name in UNARY else 2
    sum = 0
    for i in range(150):
        c = context()
        args = [Decimal(number()) for _ in range(arity)]
        if name in ('rotate', 'shift', 'scaleb') and rand(3):
            args[1] = Decimal(rand(2 * c.prec + 3) - c.prec - 1)
        if name == 'quantize' and rand(3):
            args[1] = Decimal((0, (1,), rand(60) - 40))
        if name.startswith('logical') and rand(4):
            args = [Decimal(''.join('01'[rand(2)] for _ in range(1 + rand(60)))) for _ in args]
        text = row(c, name, args)
        sum = zlib.crc32(text.encode(), sum)
        if i < 3:
            print(text)
    print(name, sum)
for i in range(300):
    c = context()
    sum = zlib.crc32(row(c, 'fma', [Decimal(number()) for _ in range(3)]).encode(), sum)
print('fma', sum)
for i in range(200):
    c = context()
    args = [Decimal(rand(10**rand(9) + 1)) * 10**rand(4) - rand(3) for _ in range(3)]
    sum = zlib.crc32(row(c, 'power', args).encode(), sum)
print('power modulo', sum)
sum = 0
for i in range(2500):
    c = Context(prec=1 + rand(3), Emax=rand(4), Emin=-rand(4), rounding=ROUNDINGS[rand(8)], traps=[])
    x, y = (Decimal((rand(2), [rand(10) if rand(3) else 9 for _ in range(1 + rand(4))], rand(9) - 6)) for _ in range(2))
    for name in ('add', 'subtract', 'multiply', 'divide'):
        sum = zlib.crc32(row(c, name, [x, y]).encode(), sum)
print('small ranges', sum)
