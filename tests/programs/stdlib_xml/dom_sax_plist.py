# xml.dom.minidom, xml.sax, plistlib and xmlrpc's marshalling, all over pyexpat.
import datetime
import io
import plistlib
import xml.dom.minidom as minidom
import xml.dom.pulldom as pulldom
import xml.sax
import xml.sax.handler
import xml.sax.saxutils as saxutils
import xmlrpc.client as rpc

DOC = '<?xml version="1.0" ?><!DOCTYPE r [<!ENTITY e "ent">]><r a="1" b="&lt;x&gt;"><!-- c --><k>t&e;u</k><k n="2"/><?pi data?><![CDATA[<raw>]]></r>'
d = minidom.parseString(DOC)
print(d.toxml())
print(d.toprettyxml(indent="  "))
r = d.documentElement
print(r.tagName, r.getAttribute("a"), r.hasAttribute("z"), r.attributes.length, [n.nodeName for n in r.childNodes])
print([k.getAttribute("n") for k in d.getElementsByTagName("k")], r.firstChild.nodeType, r.lastChild.data)
new = d.createElement("new")
new.setAttribute("q", 'a"b')
new.appendChild(d.createTextNode("<&>"))
r.insertBefore(new, r.firstChild)
r.removeChild(r.lastChild)
print(r.toxml(), d.doctype.name)
print(r.cloneNode(True).isSameNode(r), new.parentNode is r, new.nextSibling.nodeName)
n = minidom.parseString('<p:a xmlns:p="u" p:b="c"/>').documentElement
print(n.namespaceURI, n.prefix, n.localName, n.getAttributeNS("u", "b"))
try:
    minidom.parseString("<a><b></a>")
except Exception as e:
    print(type(e).__module__, type(e).__name__, e)


class Handler(xml.sax.ContentHandler):
    def startDocument(self):
        print("startDocument")
    def startElement(self, name, attrs):
        print("start", name, dict(attrs), attrs.getNames())
    def endElement(self, name):
        print("end", name)
    def characters(self, content):
        print("characters", repr(content))
    def ignorableWhitespace(self, ws):
        print("white", repr(ws))
    def processingInstruction(self, target, data):
        print("pi", target, data)
    def skippedEntity(self, name):
        print("skipped", name)
    def endDocument(self):
        print("endDocument")


xml.sax.parseString(DOC.encode(), Handler())
parser = xml.sax.make_parser()
parser.setFeature(xml.sax.handler.feature_namespaces, True)


class NS(xml.sax.ContentHandler):
    def startElementNS(self, name, qname, attrs):
        print("startNS", name, qname, dict(attrs), self.where.getLineNumber(), self.where.getColumnNumber())
    def setDocumentLocator(self, where):
        self.where = where


parser.setContentHandler(NS())
parser.parse(io.StringIO('<a xmlns="u">\n <b xmlns:p="v" p:c="1"/></a>'))
try:
    xml.sax.parseString(b"<a><b></a>", Handler())
except xml.sax.SAXParseException as e:
    print(e, e.getLineNumber(), e.getColumnNumber())
print(saxutils.escape("<a & b>"), saxutils.unescape("&lt;a&gt;"), saxutils.quoteattr('a"b\'c'))
out = io.StringIO()
gen = saxutils.XMLGenerator(out, short_empty_elements=True)
xml.sax.parseString(b'<a b="c">x<d/></a>', gen)
print(out.getvalue())
for event, node in pulldom.parseString("<a><b>x</b></a>"):
    print(event, node.nodeName)

value = {"name": "x", "list": [1, 2.5, True, False], "data": b"\x00\xff", "date": datetime.datetime(2024, 1, 2, 3, 4, 5), "nested": {"k": "<&>"}}
data = plistlib.dumps(value)
print(data.decode())
print(plistlib.loads(data) == value, plistlib.loads(plistlib.dumps(value, fmt=plistlib.FMT_BINARY)) == value)
try:
    plistlib.loads(b"<plist><dict><string>x</string></dict></plist>")
except Exception as e:
    print(type(e).__name__, e)
call = rpc.dumps((1, "two", [3.0, None], {"k": b"v"}, True), "method", allow_none=True)
print(call)
args, name = rpc.loads(call)
print(args[:3], args[3]["k"].data, name)
print(rpc.dumps(rpc.Fault(4, "went wrong")))
try:
    rpc.loads(rpc.dumps(rpc.Fault(4, "went wrong")))
except rpc.Fault as f:
    print(f, f.faultCode)
