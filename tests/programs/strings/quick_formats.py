# Formats of usual values by every kind of simple specification, and by those that are not simple; many decimals of one kind each.
seed = 12345


def rnd():
    global seed
    seed = (seed * 6364136223846793005 + 1442695040888963407) & (1 << 64) - 1
    return seed >> 11


specs = ['', '5', '05', '<7', '*^9', '>12', '+', ' 6', '+08', ',', '12,', 'x', 'X', '08b', 'o', 'd', '.2f', '8.3f', '08.1f', '.0f', 'f',
         ',.2f', '+,.1f', '-<20.4f', 'F', '^+9', '.17f', '00', '=5', '#x', '_d', 'e', 'x>,.5f', '<05', '5.2', 'z.1f', '>5s', '.3',
         '.3s', '^10.2', 'é^9', '-5', '- 5', '101', '.18f', 'g', '%', 'n', 'c', '0', '0<5', '+05d', '5,.2', '_>8', '>>8', '=+8']
values = [0, 1, -1, 1000, -1234567, 2**61, 2**63, -2**70, True, 0.0, -0.0, 0.5, 1.5, 2.5, 2.675, 1e15, 1e16, 123456.789, 1e-4, 1e-5,
          1e22, 1.7976931348623157e308, 5e-324, float('inf'), float('nan'), '', 'a', 'abcdef', 'é', '日本語text', None, 1j]
for v in values:
    line = []
    for s in specs:
        try:
            line.append(format(v, s))
        except (ValueError, TypeError, OverflowError) as e:
            line.append(f'{type(e).__name__}: {e}')
    print(repr(v), line)
for s in ['%d', '%-5d|', '%05d', '%x', '%#x', '%X', '%#o', '%+d', '% d', '%.3d', '%5.2f', '%.0f', '%#.3x', '%08.3f', '%+.1f', '%i']:
    print(s, [s % v for v in (0, 7, -42, 2**70, -2**63, 1.5)if not (isinstance(v, float) and s[-1] in 'xXo')])

digest = 0


def note(text):
    global digest
    for c in text:
        digest = (digest * 131 + ord(c)) % 1000000007


for i in range(4000):
    for f in (rnd() / 2**53, rnd() / 7, rnd() / 2**(i % 60), (rnd() % 2000001 - 1000000) / 2**(i % 9)):
        note(repr(f))
        note(f'{f:.0f} {f:.1f} {f:,.2f} {f:12.5f} {f:.12f} {f}')
        note(repr((round(f), round(f, 1), round(f, 2), round(f, 7), round(f, -2), round(f, 15))))
print(digest)
for v in (float('inf'), float('nan'), 1e300, -0.0, 0.5, 2.5, True, 7):
    for n in (None, 0, 1, -1, 400, -400, 2**70):
        try:
            print(round(v, n), end=' ')
        except (ValueError, OverflowError) as e:
            print(type(e).__name__, e, end=' ')
    print()


class Text:
    def __str__(self):
        return 'text'


class Own(Text):
    def __format__(self, spec):
        return 'own' + spec


class Whole(int):
    def __format__(self, spec):
        return 'whole' + spec


class Real(float):
    def __round__(self, n=None):
        return 'real'


print(f'{Text()} {Own()} {Own():x} {Whole(3)} {Whole(3):5} {round(Real(2))} {round(Real(2), 3)}')
try:
    format(Text(), '5')
except TypeError as e:
    print(e)
