"""upper, lower, title, capitalize, swapcase, casefold."""
for s in ("hello World", "ÀÉ straße", "ǆ ǅ", "ﬁne", "İstanbul", "they're bill's", "123abc", "ΑΣ", "", "a\tb-c_d", "ŉ ΐ", "ß"):
    print(ascii(s), ascii(s.upper()), ascii(s.lower()), ascii(s.title()), ascii(s.capitalize()), ascii(s.swapcase()), ascii(s.casefold()))
