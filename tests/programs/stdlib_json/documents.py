"""Documents to read, values to write, and their errors."""

import json

docs = ['', ' ', '[]', '{}', '[1,2.5,-3e10,"a",null,true,false]', '{"a": {"b": [1, {"c": "d\\u00e9\\ud83d\\ude00\\n"}]}}', '[1,]', '{"a":1,}', '{"a" 1}', '{a:1}', '[1 2]', '"abc', '"ab\\x"', '"\\u12"', '"\\ud800"', '"\\ud800\\u0041"', 'NaN', '[Infinity, -Infinity]', 'nul', '01', '-', '1.', '1e', '[', '{', '{"a":', '{"a":1', '[1', '"a\nb"', '\ufeff[]', '1 2', '{"a":1 "b":2}', '[[[[[]]]]]', '12345678901234567890', '1' * 5000, '1.7976931348623157e309', '"\\', '"\\u00e', '{"é": "ü"}', '[tru]', '-Infinit', '"\x7f"']
for d in docs:
    try: r = json.loads(d)
    except Exception as e: r = (type(e).__name__, str(e)[:200])
    print(ascii(d)[:60], ascii(r)[:200])
for d in docs[:10]:
    try: print(json.loads(d, object_pairs_hook=lambda p: p, parse_float=str, parse_int=lambda s: 'i' + s, parse_constant=lambda c: c), json.loads(d, object_hook=lambda o: sorted(o)))
    except Exception as e: print(type(e).__name__, e)
class I(int):
    def __repr__(self): return 'I!'
class F(float):
    def __repr__(self): return 'F!'
class S(str): pass
vals = [None, True, 1, -5, 2**100, 1.5, 1e100, float('nan'), float('inf'), '', 'a"\\\n\t\x00\x7fé😀\ud800', [], {}, (), [1, [2, (3,)]], {'a': 1, 2: 3, 1.5: 2, None: 1, True: 0, False: 9}, I(3), F(2.5), S('s'), [I(3)], {I(3): F(1.0)}, {'b': 1, 'a': 2}, {'x': {'y': [1, 2, {}, []]}}]
for v in vals:
    for kw in [{}, dict(indent=2), dict(ensure_ascii=False), dict(sort_keys=True), dict(separators=(',', ':')), dict(allow_nan=False), dict(indent='\t', sort_keys=True)]:
        try: r = json.dumps(v, **kw)
        except Exception as e: r = (type(e).__name__, str(e))
        print(ascii(r))
l = []; l.append(l)
d = {}; d['x'] = d
class X: pass
for v in [l, d, X(), {(1, 2): 3}, {1, 2}, b'x', [X()]]:
    for kw in [{}, dict(skipkeys=True), dict(default=lambda o: 'def'), dict(default=lambda o: o if isinstance(o, X) else [1])]:
        try: r = json.dumps(v, **kw)
        except Exception as e: r = (type(e).__name__, str(e)[:80], getattr(e, '__notes__', None) and len(e.__notes__))
        print(ascii(r))
print(len(json.loads('[' * 5000 + ']' * 5000)))
try: json.loads('[' * 100000)
except RecursionError as e: print(e)
print(json.JSONDecoder().raw_decode('[1] x'), json.loads(b'{"a": "\xc3\xa9"}'))
from json.decoder import scanstring
for a in [('abc"', 0), ('x"abc"y', 2), ('abc', 0), ('a"', 5), ('a"', -1), ('a\tb"', 0, False), ('a\tb"', 0)]:
    try: print(scanstring(*a))
    except Exception as e: print(type(e).__name__, e)
print(''.join(json.JSONEncoder(indent=1).iterencode({'a': [1, 2]})))
