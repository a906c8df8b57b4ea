"""Generated patterns on generated subjects: every method of every pattern."""

import re

seed = 7
N = 150
state = seed * 2654435761 % 2**32
def rnd(n):
    global state
    state = (state * 1103515245 + 12345) % 2**31
    return (state >> 8) % n
def pick(s): return s[rnd(len(s))]
ATOMS = ['a', 'b', 'c', 'ab', 'A', '.', r'\d', r'\w', r'\s', r'\W', '[abc]', '[^a]', '[a-c0-9]', r'[\w-]', 'é', '[é-ü]', 'ß', 'İ', '[Ā-ƀ]', r'\b', r'\B', '^', '$', r'\A', r'\Z', '1', ' ', 'K', 'x', r'\n', '[^\n]', '-', 'ſ', '😀', '[😀-😂]']
QUANT = ['*', '+', '?', '*?', '+?', '??', '{2}', '{1,2}', '{0,2}?', '{2,}', '*+', '++', '?+', '{1,3}+', '{,2}', '{2,}?']
ngroups = 0
def gen(d):
    global ngroups
    k = rnd(14)
    if d <= 0 or k < 4: s = pick(ATOMS)
    elif k == 4: s = gen(d-1) + gen(d-1)
    elif k == 5: s = gen(d-1) + gen(d-1) + gen(d-1)
    elif k == 6:
        ngroups += 1
        s = '(' + gen(d-1) + ')'
    elif k == 7: s = '(?:' + gen(d-1) + '|' + gen(d-1) + ')'
    elif k == 8:
        ngroups += 1
        s = '(' + gen(d-1) + '|' + gen(d-1) + '|' + gen(d-1) + ')'
    elif k == 9: s = pick(['(?=', '(?!', '(?<=', '(?<!', '(?>', '(?i:', '(?s:', '(?:', '(?-i:']) + gen(d-1) + ')'
    elif k == 10 and ngroups: s = '\\%d' % (1 + rnd(ngroups))
    elif k == 11 and ngroups: s = '(?(%d)%s|%s)' % (1 + rnd(ngroups), gen(d-1), gen(d-1))
    elif k == 12:
        ngroups += 1
        s = '(?P<g%d>%s)' % (ngroups, gen(d-1))
    else: s = '(?:' + gen(d-1) + ')'
    if rnd(3) == 0:
        if len(s) > 1 and s[0] != '(' and s[0] != '[' and s[0] != '\\': s = '(?:' + s + ')'
        s += pick(QUANT)
    return s
SUBJ_CH = 'aaabbbcccABC019 \n-xKéßü😀ſi'
def show(m):
    if m is None: return None
    return (m.span(), m.groups(), m.lastindex, m.lastgroup, m.regs)
def try_(f):
    try: return f()
    except Exception as e: return type(e).__name__ + ': ' + str(e)
for i in range(N):
    ngroups = 0
    pat = gen(4)
    if rnd(2): pat = pat + gen(3)
    fl = pick([0, 0, 0, re.I, re.M, re.S, re.A, re.I | re.A, re.X, re.I | re.M])
    subs = [''.join(pick(SUBJ_CH) for _ in range(rnd(10))) for _ in range(4)]
    if rnd(3) == 0: subs = [''.join(c for c in s if c < '\x80') for s in subs]
    try: p = re.compile(pat, fl)
    except Exception as e:
        print(i, repr(pat), type(e).__name__, e); continue
    print(i, p)
    for s in subs:
        r = (show(p.match(s)), show(p.fullmatch(s)), show(p.search(s)), p.findall(s), [m.span() for m in p.finditer(s)], p.split(s), try_(lambda: p.sub('<>', s)), try_(lambda: p.subn(lambda m: '[' + m[0] + ']', s)), show(p.search(s, 1, 5)), show(p.match(s, 2)))
        print('  ', repr(s), r)
    try: bp = pat.encode('ascii')
    except UnicodeEncodeError: continue
    try: p = re.compile(bp, fl)
    except Exception as e:
        print(i, bp, type(e).__name__, e); continue
    for s in subs:
        b = s.encode('latin-1', 'ignore')
        print('  ', b, (show(p.match(b)), show(p.search(b)), p.findall(b), p.split(bytearray(b)), try_(lambda: p.sub(b'<>', b))))
