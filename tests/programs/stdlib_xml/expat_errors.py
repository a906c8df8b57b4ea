# Which error expat finds, and where.
import xml.parsers.expat as expat

DOCUMENTS = [
    "", " ", "<a>", "<a></b>", "<a><b></a></b>", "hello", "<a/><b/>", "<a/>text", "<a b='1' b='2'/>", "<a b=1/>", "<a b/>", "<a b='<'/>",
    "<a>&undefined;</a>", "<a>&#0;</a>", "<a>&#xD800;</a>", "<a>&lt</a>", "<a>&</a>", "<a>]]></a>", "<a><!-- -- --></a>", "<a><!- x></a>",
    "<a><![CDATA[x</a>", "<a><?xml version='1.0'?></a>", " <?xml version='1.0'?><a/>", "<?xml version='1.0' foo='1'?><a/>", "<?xml?><a/>",
    "<?xml encoding='utf-8'?><a/>", "<?xml version='1.0' standalone='maybe'?><a/>", "<a\nb='1'\nc=2>", "<1a/>", "< a/>", "<a", "<a ", "<a b='",
    "<a>\x01</a>", "<a>text\nmore\n  <b>\n</a>", "</a>", "<a/></a>", "<a>x<", "<a><?PI", "<a><!--", "<!DOCTYPE a [<!ENTITY e '&e;'>]><a>&e;</a>",
    "<!DOCTYPE a [<!ENTITY e '<b>'>]><a>&e;</a>", "<!DOCTYPE a [<!ENTITY e '</a>'>]><a>&e;", "<!DOCTYPE a [<!ENTITY e SYSTEM 'x' NDATA n>]><a>&e;</a>",
    "<!DOCTYPE a [<!ENTITY e SYSTEM 'x'>]><a b='&e;'/>", "<!DOCTYPE a [<!ELEMENT a (b>]><a/>", "<!DOCTYPE a [<!FOO>]><a/>", "<!DOCTYPE><a/>",
    "<!DOCTYPE a [ <!ENTITY e 'x%pe;y'> ]><a/>", "<!DOCTYPE a", "<!DOCTYPE a []>", "<a></a >", "<a></ a>", "<a b='x'c='y'/>", "<a /b>", "<a>\ud7ff</a>",
    "<!DOCTYPE a><!DOCTYPE a><a/>", "<a xmlns:p='u'><p:b q:c=''/></a>", "<a ::b='1'/>", "<?xml version='1.0'?><?XML x?><a/>",
    "<!DOCTYPE a [<!ENTITY a '" + "x" * 50 + "'>]><a>&a;&b;</a>",
    "<!DOCTYPE l [<!ENTITY a0 'lol'>" + "".join(f"<!ENTITY a{i} '{f'&a{i - 1};' * 20}'>" for i in range(1, 9)) + "]><l>&a8;</l>",
]
for separator in (None, " "):
    for doc in DOCUMENTS:
        p = expat.ParserCreate(namespace_separator=separator)
        try:
            p.Parse(doc, True)
            print(repr(doc[:60]), "fine")
        except expat.ExpatError as e:
            print(repr(doc[:60]), e, e.code, (p.ErrorLineNumber, p.ErrorColumnNumber, p.ErrorCode))
for doc in [b"<a>\xff</a>", b"<a>\xc3", b"\xef\xbb\xbf<a>ok</a>", b"<?xml version='1.0' encoding='utf-16'?><a/>", "<a>é</a>".encode("latin-1"),
            b"<?xml version='1.0' encoding='x-none'?><a/>", b"<?xml version='1.0' encoding='shift_jis_x'?><a/>"]:
    p = expat.ParserCreate()
    try:
        p.Parse(doc, True)
        print(doc, "fine")
    except (expat.ExpatError, LookupError, ValueError) as e:
        print(doc, type(e).__name__, e)
