"""Methods and attributes of patterns and matches, errors of patterns and templates."""

import copy
import re


def t(f, *a, **k):
    try:
        return f(*a, **k)
    except Exception as e:
        return type(e).__name__ + ': ' + str(e)


p = re.compile(r'(?P<year>\d{4})-(?P<month>\d\d)(?P<opt>x)?')
m = p.search('on 2024-05 and 2023-11x')
print(p.pattern, p.flags, p.groups, p.groupindex, dict(p.groupindex), p)
print(m, m.group(), m.group(0), m.group(1, 2), m.group('year', 'opt'), m['month'], m[3], m.groups(), m.groups('-'), m.groupdict(), m.groupdict('z'))
print(m.start(), m.end(), m.span(), m.start('month'), m.end(2), m.span('opt'), m.pos, m.endpos, m.lastindex, m.lastgroup, m.re is p, m.string, m.regs)
print(m.expand(r'\2/\1 \g<year> \g<0> [\3]'), t(m.expand, r'\9'), t(m.expand, r'\g<nope>'), t(m.expand, r'\g<'), t(m.expand, 5))
for a in [(4,), (-1,), ('nope',), (1.5,), ([],), (None,)]: print(t(m.group, *a), t(m.start, *a), t(m.__getitem__, *a))
print(t(m.start, 1, 2), t(m.groups, 1, 2), t(m.groups, default=1), t(m.groupdict, default=2), t(m.end, x=1), bool(m), copy.copy(m) is m, copy.deepcopy(p) is p)
print(p == re.compile(p.pattern), p != re.compile('x'), hash(p) == hash(re.compile(p.pattern)), p == 5, t(lambda: p < p), re.compile('a', re.I) == re.compile('a'), re.compile(b'a') == re.compile('a'))
print([x.span() for x in p.finditer('2024-05 2023-11x', 3)], p.findall('2024-05 2023-11x'), p.split('a2024-05b2023-11xc'), p.split('a2024-05b2023-11xc', 1), p.split('a2024-05b', maxsplit=1))
print(p.sub(r'<\g<month>>', 'a2024-05b2023-11xc'), p.subn(lambda m: m['year'][::-1], 'a2024-05b2023-11xc'), p.sub('-', '2024-05 2023-11x', 1), p.sub('-', '2024-05 2023-11x', count=1), t(p.sub, '-', 'x', 1, 2), t(p.sub, '-'), t(p.sub, lambda m: 5, '2024-05'))
print(t(p.match), t(p.match, 5), t(p.match, b'x'), t(re.compile(b'x').match, 'x'), t(p.match, 'x', 'y'), t(p.search, '2024-05', -5), t(p.match, 'a2024-05', 1), t(p.match, 'a2024-05', 1, 5), t(p.fullmatch, '2024-05'), t(p.search, string='2024-05', pos=0, endpos=100), t(p.match, 'x', foo=1), t(p.search, '2024-05', 10**30))
sc = p.scanner('2024-05 2023-11x'); print(sc.search(), sc.search(), sc.search(), sc.search(), sc.pattern is p); sc = p.scanner('2024-052023-11'); print(sc.match(), sc.match(), sc.match())
for s in [r'a*', r'\b', r'(?=a)', r'', r'a|', r'(a)|b', r'(?:)', r'$', r'^']:
    q = re.compile(s)
    print(repr(s), q.findall('baac'), q.split('baac'), q.sub('-', 'baac'), q.subn('-', ''), [x.span() for x in q.finditer('baac')])
for s, f in [('a', 0), ('a', re.I), ('a', re.I | re.M | re.S | re.X | re.A), (b'a', 0), (b'a', re.L), ('x' * 300, 0), ('(?i)a', 0), ('a', re.U), ('a', re.DEBUG * 0)]: print(re.compile(s, f), re.compile(s, f).flags)
for s in ['(', ')', '[', '*', 'a**', '(?P<1>a)', '(?P<a>b)(?P<a>c)', '(?P=x)', '\\', '\\8', '(?<=a*)', 'a{3,2}', '(?z)', '(?', '[z-a]', '(?P<', '(?(1)a)', '(?(x)a)', 'a(?i)b', '\\x', '\\u12', '\\N{foo}', '\\q', '(?P>', '(?#', '[a-\\d]', 'x{99999999999}', '(?L)a', '(?au)a', '(?-i)', '(?i-i:a)', '(?<a)', '+', '(?:+)', '[]', '(a)(?P<b>\\2)']: print(repr(s), t(re.compile, s))
print(t(re.compile, 'a', re.L), t(re.compile, b'a', re.U), t(re.compile, 5), t(re.compile, re.compile('a'), re.I), t(re.compile, ['a']), re.escape('a.b*c\n é-_ '), re.escape(b'a.b'), re.fullmatch('a+', 'aaa'), re.purge())
for r in [r'\1', r'\g<1>', r'\g<x>', r'\\', r'\n', r'\q', r'\g<', r'\g<1', r'\g<-1>', r'\g<>', r'\0', r'\07', r'\1a', r'\2', r'\400', '\\', r'\g<1 >', r'\12']: print(repr(r), t(re.sub, '(a)', r, 'bab'), t(re.sub, b'(a)', r.encode(), b'bab'))
print(re.sub('(?P<n>a)', r'[\g<n>]', 'bab'), re.sub('a', lambda m: '', 'bab'), re.sub(b'a', bytearray(b'x'), b'bab'), t(re.sub, 'a', b'x', 'bab'), re.sub('x', 'y', 'abc'), t(re.sub, 'a', None, 'a'), re.findall(r'(\w)(\w)?', 'abc'), re.split('', 'abc'), re.split(r'(-)', 'a-b'), re.match('(?:(a)|b)*', 'ab').groups(), re.match('((a)|b)*', 'ab').groups(), re.match(r'(?:(a)|(b)|c)*', 'abc').groups(), re.match(r'(a)?b(?(1)c|d)', 'abc').span(), re.match(r'(?>a+)b', 'aab'), re.match(r'(?>a+)ab', 'aab'), re.match('a++b', 'aaab'), re.match('(?:ab)++c', 'ababc'), re.match('a?+a', 'a'))
print(re.search(r'(?<=abc)def', 'abcdef'), re.search(r'(?<!-)\bx', 'a-x x'), re.findall(r'(?i)straße|ſ', 'STRAßE ſ S s'), re.findall('(?i)[k-z]', 'KſKs'), re.findall(r'(?a)\w+', 'aéb'), re.findall(r'\d+', '1٣2'), re.findall(rb'\w+', b'a\xe9b'), re.findall(r'(?m)^.$', 'a\nb\n'), re.findall(r'(?s).', 'a\n'), re.findall(r'.$', 'a\nb\n'), re.findall(r'\Z', 'a\n'), re.findall('(?x) a # c\n b', 'ab'))
n = 20000
print(len(re.match('(?:a|b)*', 'ab' * n)[0]), len(re.match('(?:(a)|b)*?c', 'ab' * n + 'c')[0]), re.match('(a*)*b', 'a' * 20), len(re.match(r'(?:x(?=x|y))*', 'x' * n + 'y')[0]), re.search('a' * 50 + 'b', 'a' * 5000), len(re.findall('[^,]*,', 'abc,' * 1000)))
class S(str): pass
print(type(re.sub('x', 'y', S('abc'))), type(re.match('a', S('abc'))[0]), re.match('a', S('abc')).string.__class__, re.split(',', S('ab')), type(re.split(',', S('ab'))[0]))
print(re.Scanner([(r'\d+', lambda s, t: int(t)), (r'[a-z]+', lambda s, t: t), (r'\s+', None)]).scan('ab 12 c3 !'), re.template if hasattr(re, 'template') else None, type(p), type(m), re.Pattern, re.Match, t(re.Pattern), t(re.Match), re.Pattern[str], re.error is re.PatternError)
try: re.compile('a(b\n[c')
except re.error as e: print(e.msg, e.pattern, e.pos, e.lineno, e.colno, e)
