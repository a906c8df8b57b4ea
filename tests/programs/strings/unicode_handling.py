"""Code points, not bytes: astral characters, combining marks, case folding, sorting."""
s = "a😀é\u0301z"
print(len(s), list(s), s[1], s[1:3], s[::-1].encode("utf-8"), s.find("z"), s.index("é"), s.encode("utf-8"), s.encode("utf-16-le"), len(s.encode("utf-32-le")) // 4)
print([hex(ord(c)) for c in s], s.upper(), s.center(9, "·"), s.replace("😀", ":)"), s.split("😀"), "😀" in s, "\ud83d" in s, s.partition("é"))
print("ǅ".lower(), "ǅ".upper(), "ǅ".title(), "ß".casefold(), "ẞ".lower(), "ς".upper(), "Σ".lower(), "ΑΣ".lower(), "ΑΣΑ".lower(), "İ".lower() == "i\u0307", "ı".upper(), "K".lower())
print("½".isnumeric(), "²".isdigit(), "٣".isdecimal(), int("٣٤"), float("١.٥"), "Ⅳ".lower(), "一".isalpha(), "\u200b".isspace(), "\u00a0".isspace(), "\u00a0x\u3000".strip() == "x")
print(sorted("éeèzÉaA"), max("aé😀"), "é" == "e\u0301", "\u00e9" < "\u0301", "a\u0300".isidentifier(), "😀".isidentifier(), "ª".isalpha(), "x" * 3 + "é" * 2)
print("%5s|%-5s|" % ("é", "😀"), f"{'日本':>5}|{'é':^5}|", "日本".zfill(4), "😀\t|".expandtabs(4), "a\u2028b\x1cc".splitlines(), "é".join("abc"))
print(repr("\x7f\x80\x9f\xa0\xad\u0378\u200e\u2028\ue000\ufeff\uffff\U0001f600\U000e0001\U0010ffff"), ascii("é\uffff\U0010ffff"))
print("".join(map(chr, range(0x3b1, 0x3b6))), chr(0x10ffff) == "\U0010ffff", ord("\U0010ffff"), "\N{LATIN SMALL LETTER E WITH ACUTE}", "é".encode("latin-1"), b"\xe9".decode("cp1252"))
