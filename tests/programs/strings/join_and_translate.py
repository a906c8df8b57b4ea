"""join, translate, maketrans, encode."""
def show(function, *args, **kwargs):
    try:
        print(repr(function(*args, **kwargs)))
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


print(",".join(["a", "b"]), "".join(()), "-".join("abc"), ", ".join({"k": 1}), "x".join(["only"]), "ab".join(str(i) for i in range(3)))
show(",".join, ["a", 1])
show(",".join, [None])
show(",".join, 5)
show(",".join)
t = str.maketrans("abc", "xyz", "d")
print("abcd".translate(t), t, "abc".translate({97: None, 98: "BB", 99: 67}), str.maketrans({"a": 1, 98: "x"}))
show(str.maketrans, "a", "bc")
show(str.maketrans, "a")
show(str.maketrans, {"ab": 1})
show("a".translate, 5)
show("abc".translate, {97: 1.5})
print("é€".encode(), "é".encode("latin-1"), "é".encode("ascii", "ignore"), "é".encode("ascii", "replace"), "é€".encode("ascii", "xmlcharrefreplace"), "é".encode("ascii", "backslashreplace"))
show("é€".encode, "ascii")
show("€".encode, "latin-1")
show("a".encode, "nope")
show("\ud800".encode)
print("\ud800".encode("utf-8", "surrogatepass"), "ab".encode("utf-16-le"), "é".encode("utf-32-be"), "a".encode("utf-16"))
