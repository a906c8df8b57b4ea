"""find, index, count, replace, startswith, endswith."""
def show(function, *args, **kwargs):
    try:
        print(repr(function(*args, **kwargs)))
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


s = "abracadabra"
print(s.find("a"), s.find("a", 1), s.find("z"), s.rfind("a"), s.rfind("a", 0, 5), s.find(""), s.find("", 20), s.rfind(""), s.find("bra", -4))
print(s.count("a"), s.count("abra"), s.count(""), s.count("a", 3, 8), "aaaa".count("aa"), "".count(""), s.index("c"), s.rindex("r"))
print(s.replace("a", "A"), s.replace("a", "A", 2), s.replace("", "-"), s.replace("", "-", 3), s.replace("abra", ""), s.replace("x", "y"), "aaa".replace("aa", "b"))
print("".replace("", "x"), "abc".replace("b", "bb", -1), "abc".replace("b", "x", count=1))
print(s.startswith("abra"), s.startswith("bra", 1), s.startswith(("x", "a")), s.endswith("ra"), s.endswith("a", 0, 4), s.startswith(""), s.startswith("", 20), s.endswith(()))
show(s.index, "z")
show(s.rindex, "z")
show(s.index, 5)
show(s.startswith, 5)
show(s.startswith, ["a"])
show(s.startswith, ("a", 5))
show(s.endswith, (5,))
show(s.replace, "a")
show(s.replace, 1, 2)
show(s.count)
show(s.find, "a", "b")
