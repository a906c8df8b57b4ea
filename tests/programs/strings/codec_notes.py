# Codecs of the registry note at an exception that it came from them; those str and bytes know themselves do not.
for name in ('utf-8', 'ascii', 'latin-1', 'utf-16', 'utf-16-le', 'utf_8_sig', 'cp1252', 'shift_jis', 'gbk', 'big5', 'euc_kr', 'utf-7', 'unicode_escape'):
    for data in (b'\\x4', b'\xff\x81', b'\x81', b'+\xff'):
        try:
            print(name, data, ascii(data.decode(name)))
        except UnicodeDecodeError as e:
            print(name, data, e, getattr(e, '__notes__', None))
    for text in ('\u0378', '\ud800', 'a\u3042'):
        try:
            print(name, ascii(text), text.encode(name))
        except UnicodeEncodeError as e:
            print(name, ascii(text), e, getattr(e, '__notes__', None))
try:
    print(1, seq='-')
except TypeError as e:
    print(e)
try:
    max(1, kye=None)
except TypeError as e:
    print(e)
b'\x81'.decode('shift_jis')
