# pyexpat's events in order, with text whole and in pieces, and with every handler set.
import xml.parsers.expat as expat
from xml.parsers.expat import errors, model

DOC = '''<?xml version="1.0" encoding="utf-8" standalone="no"?>
<!-- first -->
<!DOCTYPE root [
  <!ELEMENT root (a|b)*>
  <!ELEMENT a (#PCDATA|b)*>
  <!ELEMENT b (c?,(d,e)+,f*)>
  <!ELEMENT c EMPTY>
  <!ELEMENT d ANY>
  <!ELEMENT e (#PCDATA)>
  <!ATTLIST a x CDATA #REQUIRED y (one|two) "one" z ID #IMPLIED w CDATA #FIXED "  w  " n NMTOKENS #IMPLIED>
  <!ENTITY hello "Hello, <b k='&#33;'>&who;</b>!">
  <!ENTITY who "world">
  <!ENTITY % pe "<!ENTITY frompe 'from pe'>">
  %pe;
  <!NOTATION gif PUBLIC "-//x//gif" "gif.exe">
  <!NOTATION png SYSTEM "png.exe">
  <!ENTITY pic SYSTEM "pic.gif" NDATA gif>
  <!ENTITY ext SYSTEM "ext.xml">
  <?pi in dtd?>
]>
<root>
<a x="1 &lt; 2&#10;3&who;" n=" p  q ">text &amp; more &#x41;&hello;&frompe;</a>
<![CDATA[<raw> & ]] > stuff
second]]>
<?target some data?><b
  q='é'
/>
</root>
<!-- last -->
'''

HANDLERS = {
    "StartElementHandler", "EndElementHandler", "ProcessingInstructionHandler", "CharacterDataHandler", "UnparsedEntityDeclHandler",
    "NotationDeclHandler", "StartNamespaceDeclHandler", "EndNamespaceDeclHandler", "CommentHandler", "StartCdataSectionHandler",
    "EndCdataSectionHandler", "StartDoctypeDeclHandler", "EndDoctypeDeclHandler", "EntityDeclHandler", "XmlDeclHandler",
    "ElementDeclHandler", "AttlistDeclHandler", "SkippedEntityHandler",
}


def recorder(p, log, but=()):
    for name in sorted(HANDLERS):
        if name not in but:
            def handler(*args, name=name):
                log.append((name.removesuffix("Handler"), args, p.CurrentLineNumber, p.CurrentColumnNumber))
            setattr(p, name, handler)


def run(doc, *, pieces=None, but=(), separator=None, **options):
    p = expat.ParserCreate(namespace_separator=separator)
    for k, v in options.items():
        setattr(p, k, v)
    log = []
    recorder(p, log, but)
    try:
        if pieces:
            for i in range(0, len(doc), pieces):
                p.Parse(doc[i:i + pieces], False)
            p.Parse("", True)
        else:
            p.Parse(doc, True)
    except expat.ExpatError as e:
        log.append(("error", e, e.code, e.lineno, e.offset))
    return log


for entry in run(DOC):
    print(*entry)

print("== buffered")
for entry in run(DOC, buffer_text=True, ordered_attributes=True, specified_attributes=True):
    if entry[0] in ("CharacterData", "StartElement"):
        print(*entry)

print("== pieces of any size give the same")
whole = run(DOC, buffer_text=True)
names = [(e[0], e[1]) for e in whole]
for n in (1, 2, 3, 7, 64):
    # texts are cut where the input is
    def joined(log):
        out = []
        for e in log:
            if e[0] == "CharacterData" and out and out[-1][0] == "CharacterData":
                out[-1] = ("CharacterData", (out[-1][1][0] + e[1][0],))
            else:
                out.append((e[0], e[1]))
        return out
    print(n, joined(run(DOC, pieces=n)) == joined(run(DOC)))

print("== namespaces")
NS = '<a xmlns="urn:d" xmlns:p="urn:p" p:x="1" y="2"><p:b xmlns:p="urn:q"/><c xmlns="">t</c></a>'
for entry in run(NS, separator=" "):
    print(*entry)
for entry in run(NS, separator="}", namespace_prefixes=True):
    print(entry[:2])
for entry in run(NS, separator=""):
    print(entry[:2])

print("== default handler")
for kind in ("DefaultHandler", "DefaultHandlerExpand"):
    p = expat.ParserCreate()
    got = []
    setattr(p, kind, got.append)
    p.StartElementHandler = lambda *a: got.append(a)
    p.Parse('<!DOCTYPE a [<!ENTITY e "ent">]><a b="c">x&e;y<!--c--><?p i?><![CDATA[d]]></a>\n', True)
    print(kind, [g for g in got if isinstance(g, tuple)], "".join(g for g in got if isinstance(g, str))[-40:])

print("== attributes of parsers")
p = expat.ParserCreate(intern={})
print(type(p), p.buffer_size, p.buffer_text, p.ordered_attributes, p.specified_attributes, p.namespace_prefixes, p.intern)
print(p.CurrentLineNumber, p.CurrentColumnNumber, p.CurrentByteIndex, p.ErrorCode, p.StartElementHandler)
for bad in (0, -1, "x"):
    try:
        p.buffer_size = bad
    except Exception as e:
        print(type(e).__name__, e)
p.buffer_size = 10
p.buffer_text = 1
out = []
p.CharacterDataHandler = out.append
print(p.Parse("<a>one\ntwo\nthree\nfour</a>"), p.Parse(b"", True), out)
for args in [(1,), (None, 1), (None, "ab"), (None, None, 3), ("nonsense",)]:
    try:
        expat.ParserCreate(*args)
    except Exception as e:
        print(type(e).__name__, e)
try:
    p.Parse("<b/>")
except expat.ExpatError as e:
    print(e, e.code, errors.messages[e.code], errors.codes[errors.XML_ERROR_FINISHED])
print(expat.ErrorString(3), expat.ErrorString(9999), model.XML_CTYPE_SEQ, model.XML_CQUANT_PLUS)
print(expat.ExpatError is expat.error, expat.ExpatError.__name__, expat.ExpatError.__module__)


def boom(*args):
    raise ZeroDivisionError("in handler")


p = expat.ParserCreate()
p.StartElementHandler = boom
try:
    p.Parse("<a><b/></a>", True)
except ZeroDivisionError as e:
    print("raised", e)

print("== external entities")
p = expat.ParserCreate()
log = []


def external(context, base, system, public):
    log.append((context, base, system, public))
    sub = p.ExternalEntityParserCreate(context)
    sub.Parse("<?xml version='1.0' encoding='utf-8'?><in>side</in>", True)
    return 1


p.SetBase("/base")
p.ExternalEntityRefHandler = external
p.StartElementHandler = lambda name, attrs: log.append(name)
p.CharacterDataHandler = log.append
p.Parse('<!DOCTYPE a [<!ENTITY x PUBLIC "pub" "sys">]><a>1&x;2</a>', True)
print(log, p.GetBase())
for codec in ("iso-8859-1", "utf-16", "koi8-r", "us-ascii"):
    p = expat.ParserCreate()
    got = []
    p.CharacterDataHandler = got.append
    try:
        text = "grüß" if codec in ("iso-8859-1", "utf-16") else "привет" if codec == "koi8-r" else "plain"
        p.Parse(f"<?xml version='1.0' encoding='{codec}'?><a>{text}</a>".encode(codec), True)
        print(codec, got)
    except Exception as e:
        print(codec, type(e).__name__, e)
