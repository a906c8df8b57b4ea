# The Chinese, Japanese and Korean encodings and UTF-7: whole texts, pieces, error handlers.
import codecs, io
for e, s in [('shift_jis','日本語テキスト ｱｲｳ'),('euc_jp','日本語テキスト ｱｲｳ 丂'),('gbk','你好，世界'),('gb2312','你好'),('gb18030','你好😀€\u1e3f\ue7c7'),('big5','繁體中文'),('big5hkscs','繁體中文'),('cp950','繁體'),('euc_kr','한국어 갂 똠'),('cp949','한국어 갂'),('utf-7','Hi Mom ☺! A+B ~ \\ 日本語 😀 a-b')]:
    b = s.encode(e); print(e, b, b.decode(e) == s, codecs.lookup(e).name)
    for c in (1,2,3):
        d = codecs.getincrementaldecoder(e)()
        print(''.join(d.decode(b[i:i+c]) for i in range(0,len(b),c)) + d.decode(b'', True) == s, d.getstate())
    ee = codecs.getincrementalencoder(e)()
    print(b''.join(ee.encode(x) for x in s)[:20])
    print(io.TextIOWrapper(io.BytesIO(b), encoding=e).read() == s, codecs.getreader(e)(io.BytesIO(b)).read() == s)
    for bad in (b'\x81', b'a\x81\xff', b'\xff\xff', b'\x8f\xa1', b'ab\xa4', b'+AGE', b'+\xff', b'+A-', b'+AGF-', b'\x81\x30\x81'):
        for h in ('strict','replace','ignore','backslashreplace'):
            try: print(e, bad, h, ascii(bad.decode(e, h)))
            except UnicodeDecodeError as x: print(e, bad, h, x)
    for badt in ('a\u0e01b', '\ud800', '\u0e01\u0e02'):
        for h in ('strict','replace','ignore','xmlcharrefreplace','namereplace'):
            try: print(e, ascii(badt), h, badt.encode(e, h))
            except UnicodeEncodeError as x: print(e, ascii(badt), h, x)
import _codecs_jp
for n in ('shift_jis', 'nope'):
    try: print(type(_codecs_jp.getcodec(n)).__name__)
    except LookupError as x: print(x)
