"""json and re."""
import json
import re
print(json.dumps({"a": [1, 2.5, None, True, "é\n"], "b": {}}), json.dumps([1, {"k": "v"}], indent=2), json.dumps({"b": 1, "a": 2}, sort_keys=True, separators=(",", ":")), json.loads('{"x": [1, 2.0, "\\u00e9", null, -1e3]}'))
for bad in ("{", "[1,]", '{"a" 1}', "nul", '"abc', "[1] 2", ""):
    try:
        json.loads(bad)
    except json.JSONDecodeError as error:
        print(error)
try:
    json.dumps({1, 2})
except TypeError as error:
    print(error)
print(re.findall(r"\d+", "a1b22"), re.sub(r"(\w)(\w)", r"\2\1", "abcd"), re.split(r"[,;]\s*", "a, b;c"), re.match(r"(?P<y>\d{4})-(\d\d)", "2024-05x").groupdict(), re.search("b+", "abbbc").span(), re.fullmatch("a|ab", "ab").group(), [m.group() for m in re.finditer(r"\b\w", "the end")], re.compile("A", re.I).sub(lambda m: m.group() * 2, "aAb"), re.escape("a.b"))
try:
    re.compile("(")
except re.error as error:
    print(error)
