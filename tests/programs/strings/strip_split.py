"""strip, split, rsplit, splitlines, partition."""
def show(function, *args, **kwargs):
    try:
        print(repr(function(*args, **kwargs)))
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


print("  a b  ".strip(), "xxaxx".strip("x"), "abcab".lstrip("ab"), "abcab".rstrip("ba"), "\u3000a\x1f".strip(), "a".strip(""))
print(" a  b c ".split(), "a,b,,c".split(","), "a,b,c".split(",", 1), "a,b,c".rsplit(",", 1), "".split(), "".split(","), " a b ".split(None, 1))
print(" a b c ".rsplit(None, 1), "abc".split("abc"), "aXXbXXc".split("XX"), "a b".split(maxsplit=0), "a b c".split(sep=None, maxsplit=-1))
print("a\nb\r\nc\rd\x0be\x85f\u2028g".splitlines(), "a\n".splitlines(), "a\n\nb".splitlines(True), "".splitlines(), "\n".splitlines())
print("a=b=c".partition("="), "a=b=c".rpartition("="), "abc".partition("="), "abc".rpartition("="))
print("prefix-x".removeprefix("prefix"), "x.py".removesuffix(".py"), "x".removesuffix(""), "aa".removeprefix("aaa"))
show("a".split, "")
show("a".partition, "")
show("a".split, 5)
show("a".strip, 5)
show("a".partition)
show("a".removeprefix, 5)
show("a".split, ",", "x")
