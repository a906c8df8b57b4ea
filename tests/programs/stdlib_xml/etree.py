# xml.etree.ElementTree: building, searching, changing, writing, events, errors.
import io
import xml.etree.ElementTree as ET

DOC = """<?xml version="1.0"?>
<data xmlns:x="http://x.example/">
    <country name="Liechtenstein"><rank updated="yes">2</rank><year>2008</year><x:n k="1" x:k="2"/></country>
    <country name="Singapore"><rank>5</rank><year>2011</year><neighbor name="Malaysia" direction="N"/></country>
    <!-- a comment -->
    <country name="Panama"><rank>69</rank><year>2011</year>tail &amp; text</country>
</data>"""
root = ET.fromstring(DOC)
print(root.tag, root.attrib, len(root), [c.get("name") for c in root])
for path in ("country", "country/rank", ".//neighbor", "country[@name='Panama']/year", "country[year='2011']", "./country[2]", "country[last()]",
             "*", "{http://x.example/}n", ".//{*}n", "country[rank]/..", ".//*[@name]", "country[@name!='Panama']"):
    print(path, [(e.tag, e.get("name")) for e in root.findall(path)])
print(root.find("country/rank").text, root.findtext("country/year"), root.findtext("nope", "default"), root.find("nope"))
print([e.tag for e in root.iter()], list(root.iter("rank"))[1].text)
for rank in root.iter("rank"):
    rank.text = str(int(rank.text) + 1)
    rank.set("updated", "yes")
root.remove(root[2])
new = ET.SubElement(root, "country", name="New", extra='<&">\n')
new.text = "a < b & c > d"
new.tail = "\n"
ET.indent(root, "  ")
print(ET.tostring(root, encoding="unicode"))
print(ET.tostring(new), ET.tostring(new, "us-ascii", xml_declaration=True), ET.tostring(new, encoding="utf-8", short_empty_elements=False))
print("".join(root.itertext()).split())
print(ET.canonicalize('<b z="1" a="2"><!-- c --><c/></b>'))

e = ET.Element("e", {"a": "1"}, b="2")
print(e.keys(), e.items(), e.text, e.tail, len(e), bool(e.findall("x")), repr(e)[:13])
e.extend([ET.Element("x"), ET.Element("y")])
e.insert(1, ET.Comment("note"))
e.append(ET.ProcessingInstruction("pi", "data"))
e[0].text = "é∑"
print(ET.tostring(e), ET.tostring(e, "unicode"), len(e[0:2]))
del e[0]
e[0] = ET.Element("z")
print([c.tag for c in e if isinstance(c.tag, str)])
e.clear()
print(ET.tostring(e))
import copy
c = copy.deepcopy(root)
print(ET.tostring(c) == ET.tostring(root), c is root)

tree = ET.ElementTree(ET.fromstring("<a><b/>t</a>"))
out = io.BytesIO()
tree.write(out, encoding="utf-8", xml_declaration=True)
print(out.getvalue(), tree.getroot().tag)
ET.register_namespace("ex", "http://x.example/")
q = ET.Element(ET.QName("http://x.example/", "q"), {"{http://x.example/}at": "v"})
print(ET.tostring(q, "unicode"), ET.tostring(q, "unicode", default_namespace=None))

for event, elem in ET.iterparse(io.StringIO("<r><a i='1'>x</a><b xmlns='u'><c/></b></r>"), events=("start", "end", "start-ns", "end-ns")):
    print(event, elem if not hasattr(elem, "tag") else (elem.tag, elem.attrib, elem.text))
pull = ET.XMLPullParser(["start", "end", "comment", "pi"])
pull.feed("<r><a>te")
print([(k, getattr(v, "tag", v)) for k, v in pull.read_events()])
pull.feed("xt</a><!--c--><?p i?></r>")
pull.close()
print([(k, v.tag if isinstance(v.tag, str) else v.text) for k, v in pull.read_events()])


class Target:
    def __init__(self):
        self.log = []
    def start(self, tag, attrib):
        self.log.append(("start", tag, attrib))
    def end(self, tag):
        self.log.append(("end", tag))
    def data(self, data):
        self.log.append(("data", data))
    def comment(self, text):
        self.log.append(("comment", text))
    def close(self):
        return self.log


parser = ET.XMLParser(target=Target())
parser.feed("<a k='v'>one<!--two--><b/>&lt;")
parser.feed("</a>")
print(parser.close())
b = ET.TreeBuilder()
b.start("x", {})
b.data("hi")
b.start("y", {"q": "1"})
b.end("y")
b.data("there")
b.end("x")
print(ET.tostring(b.close()))
print(ET.tostring(ET.XML("<a>&#65;<![CDATA[<x>]]></a>")), ET.XMLID("<a><b id='k'/></a>")[1].keys(), ET.iselement(root), ET.iselement("x"))
for bad in ("", "<a>", "<a></b>", "<a>&nope;</a>", "<a b='1' b='2'/>", "junk", "<a/>x", "<p:a/>"):
    try:
        ET.fromstring(bad)
    except ET.ParseError as err:
        print(repr(bad), err, err.code, err.position)
for f in (lambda: root.append("x"), lambda: root.insert(0, "x"), lambda: root.extend(["x"]), lambda: root.remove(e), lambda: root.extend(1),
          lambda: ET.tostring(ET.Element(None)), lambda: ET.Element("a", text=1) and ET.tostring(ET.Element("a", x=1)), lambda: root.find("country[")):
    try:
        print(type(f()))
    except Exception as err:
        print(type(err).__name__, err)
print(ET.fromstringlist(["<a>", "<b/>", "</a>"])[0].tag, ET.tostringlist(ET.XML("<a/>")))
ET.dump(ET.XML("<d><e f='g'>h</e></d>"))
