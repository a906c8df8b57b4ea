"""Reading and writing under many dialects, and their errors."""

import csv
import io


def t(f, *a, **k):
    try:
        return f(*a, **k)
    except Exception as e:
        return type(e).__name__ + ': ' + str(e)


rows = [['a', 'b,c', 'd"e', 'f\ng', '', ' x ', 1, 2.5, None], [], [''], [None], ['x']]
for kw in [{}, dict(quoting=csv.QUOTE_ALL), dict(quoting=csv.QUOTE_NONNUMERIC), dict(quoting=csv.QUOTE_NONE, escapechar='\\'), dict(quoting=csv.QUOTE_NONE), dict(quoting=csv.QUOTE_STRINGS), dict(quoting=csv.QUOTE_NOTNULL), dict(delimiter='\t'), dict(doublequote=False, escapechar='!'), dict(lineterminator='|'), dict(delimiter=';', quotechar="'"), dict(delimiter=' ', skipinitialspace=True), dict(dialect='excel-tab'), dict(dialect='unix')]:
    for r in rows:
        o = io.StringIO(); print(kw, t(csv.writer(o, **kw).writerow, r), repr(o.getvalue()))
texts = ['a,b,c\r\n', 'a,"b,""c",d\n', '"a\nb",c\n', 'a, b, "c"\n', '', '\n', 'a\\,b,c\n', "'a,b',c\n", 'a;b\tc|d\n', '"abc', '"a"b,c\n', '1,2.5,"x"\n', 'a\rb\n', 'a,,"",\n', '"a""b"', 'a\\\nb,c\n']
for kw in [{}, dict(quoting=csv.QUOTE_NONNUMERIC), dict(quoting=csv.QUOTE_NONE), dict(escapechar='\\'), dict(skipinitialspace=True), dict(strict=True), dict(delimiter=';', quotechar="'"), dict(doublequote=False), dict(quoting=csv.QUOTE_STRINGS), dict(quoting=csv.QUOTE_NOTNULL)]:
    for s in texts:
        print(kw, repr(s), t(lambda: list(csv.reader(s.splitlines(True), **kw))))
for kw in [dict(delimiter=''), dict(delimiter='ab'), dict(delimiter=None), dict(delimiter=5), dict(quotechar=''), dict(quotechar=None), dict(quoting=9), dict(quoting='x'), dict(lineterminator=None), dict(lineterminator=5), dict(escapechar='xx'), dict(foo=1), dict(dialect='nope'), dict(delimiter='\n'), dict(delimiter='"'), dict(quotechar=' ', skipinitialspace=True), dict(escapechar=','), dict(delimiter='\r')]:
    print(kw, t(csv.reader, [], **kw) if 0 else t(lambda: list(csv.reader([], **kw))))
print(t(csv.reader), t(csv.writer), t(csv.writer, 5), t(csv.writer, object()), t(csv.reader, 5), t(lambda: list(csv.reader([b'x']))), t(csv.writer(io.StringIO()).writerow, 5))
print(csv.list_dialects(), csv.get_dialect('excel').delimiter, csv.get_dialect('excel').quoting, t(csv.get_dialect, 'x'), t(csv.unregister_dialect, 'x'), csv.field_size_limit(), csv.field_size_limit(10), t(lambda: list(csv.reader(['a' * 20]))), csv.field_size_limit(131072))
csv.register_dialect('mine', delimiter='|'); print(csv.list_dialects(), list(csv.reader(['a|b'], 'mine'))); 
class D(csv.Dialect): delimiter = ';'; quotechar = '"'; lineterminator = '\n'; quoting = csv.QUOTE_MINIMAL
print(list(csv.reader(['a;b'], D)), list(csv.reader(['a;b'], D())), csv.reader([], D).dialect.lineterminator)
r = csv.reader(['a', '"b', 'c"', 'd']); print([(x, r.line_num) for x in r], r.dialect.strict, csv.Error, csv.Error.__mro__[1])
o = io.StringIO(); w = csv.DictWriter(o, ['x', 'y']); w.writeheader(); w.writerow({'x': 1, 'y': 'a,b'}); w.writerows([{'x': 3}]); print(repr(o.getvalue()), list(csv.DictReader(io.StringIO(o.getvalue()))))
print(csv.Sniffer().sniff('a;b;c\n1;2;3\n').delimiter)
