"""Literal forms: raw, escapes, triple quotes, concatenation."""
print('a\'b"c', "a\"b'c", "tab\there", "\x41\u00e9\U0001F600\101\N{BULLET}", r"raw\n\x41", "a\
b")
print("""triple
  "quoted" \
joined""", '''it's''', "con" 'cat' """enated""" r"\r" f"{1}" "x")
print(repr("a'b"), repr('a"b'), repr("a'b\"c"), repr("\n\t\r\\\0\x07\x7f\x80\xa0\xad\u200b\ud800\U0001F600é"), ascii("é\U0001F600\u1234"))
print(len("\U0001F600"), "😀x"[0] == "\U0001F600", "\0" == "\x00", len("\r\n"), "\17" == chr(15), "\377")
print(b"bytes\x00\xff\n" b'more', rb"raw\x00", Rb"\q", b"\101", repr(b"'"), repr(b'"'), repr(b"'\""))
print(u"unicode", "a" "b" in "ab", ("implicit"
      " across lines"))
print(repr("\u2028\u0300a\uffff\ue000\U000e0001"))
