"""Identifiers are normalised; non-ASCII names and strings."""
é = 1
print(é, "é" == "\u00e9")
µ = 2
print(μ)
ﬁn = 3
print(fin, "ﬁn" in globals(), "fin" in globals())
def ñ(ü): return ü
print(ñ(5), ñ.__name__, ascii(ñ.__name__))
class Ω: ψ = 6
print(Ω.ψ, ascii(Ω.__name__), getattr(Ω, "ψ"))
变量 = "中文"
print(变量, len(变量), 变量[::-1])
x = {"ключ": 1}
print(x, "naïve café".upper(), "ß".upper(), sorted("äaz"))
print("\N{GREEK SMALL LETTER ALPHA}", "\u03b1", ascii("\N{SNOWMAN}"))
Ⅷ = 8
print(Ⅷ, "Ⅷ".isidentifier(), "1a".isidentifier(), "ª".isidentifier())
