"""Properties, names and normal forms of a sample of all characters."""

import unicodedata as u


def t(f, *a, **k):
    try:
        return f(*a, **k)
    except Exception as e:
        return type(e).__name__ + ': ' + str(e)


h = 0
def mix(s):
    global h
    for c in s: h = (h * 1000003 ^ ord(c)) & 0xffffffffffff
step = 61
for c in list(range(0, 0x3500)) + list(range(0x3500, 0x110000, step)):
    ch = chr(c)
    s = '%s %s %d %d %s %s %s %s %s' % (u.category(ch), u.bidirectional(ch), u.combining(ch), u.mirrored(ch), u.east_asian_width(ch), u.decomposition(ch), u.decimal(ch, None), u.digit(ch, None), u.numeric(ch, None))
    for f in ('NFC', 'NFD', 'NFKC', 'NFKD'): s += ' ' + u.normalize(f, ch)
    n = u.name(ch, None)
    s += str(n)
    if n and u.lookup(n) != ch: print('lookup', hex(c), n)
    mix(s)
    if c % 512 == 0: print(hex(c), h)
for s in ['é', 'e\u0301', 'ﬁ', 'Å', '가각', '\u1100\u1161\u11a8', 'a\u0323\u0307', 'a\u0307\u0323', 'ộ', '\u0344', '½', '㎏', 'q\u0307\u0323', '\u0f73', 'ab', '\u212b\u1e9b\u0323', 'e\u0301\u0301', '\u0301e']:
    for f in ('NFC', 'NFD', 'NFKC', 'NFKD'): print(ascii(u.normalize(f, s)), u.is_normalized(f, s), end=' ')
    print()
for a in [('LATIN SMALL LETTER A',), ('latin small letter a',), ('BULLET',), ('nope',), ('NULL',), ('HANGUL SYLLABLE GAG',), ('CJK UNIFIED IDEOGRAPH-4E00',), ('',), (5,), ('BELL',), ('LINE FEED',), ('NO-BREAK SPACE',), ('NBSP',), ('LATIN_SMALL',), ('LATIN SMALL LETTERA',)]:
    print(a, ascii(t(u.lookup, *a)))
for f in (u.category, u.name, u.decimal, u.digit, u.numeric, u.normalize, u.combining, u.east_asian_width):
    print(f.__name__, t(f), t(f, 'ab'), t(f, 5), t(f, '\x00'), t(f, 'NFX', 'a'), t(f, 'NFC', 5), t(f, 'a', 'b'), t(f, 'a', 'b', 'c'))
print(u.unidata_version, u.ucd_3_2_0.unidata_version, u.ucd_3_2_0.category('a'), '\N{BULLET}', t(u.name, '\x01'), u.name('\u4e00'), u.name('가'))
