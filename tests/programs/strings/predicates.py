"""isalpha, isdigit and the others."""
names = "isalpha isdigit isdecimal isnumeric isalnum isspace isupper islower istitle isidentifier isprintable isascii".split()
for s in ("", "abc", "ABC", "Abc", "a1", "123", "²", "½", "٣", " \t\n", "\x1c", "\u2003", "a b", "_x", "1x", "é", "Ⅷ", "\x00", "Ab Cd", "abc!", "\xad", "中"):
    print(ascii(s), "".join(str(int(getattr(s, n)())) for n in names))
