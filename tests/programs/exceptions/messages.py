"""str, repr and args of exceptions."""
for error in [Exception(), Exception("a"), Exception("a", 1), ValueError(5), KeyError("k"), KeyError(), KeyError(1, 2),
              KeyError(("t",)), IndexError("i"), OSError(2, "gone"), OSError(2, "gone", "file"), OSError("one"), StopIteration(5),
              SystemExit(3), SyntaxError("bad"), AttributeError("x"), NameError("n"), ImportError("imp"), UnicodeError("u"),
              AssertionError(), ArithmeticError((1, 2)), Exception(None), Exception([1]), Exception("it's"), BaseException("b\n")]:
    print(repr(error), "|", str(error), "|", error.args)
print(OSError(2, "gone", "f").filename, OSError(2, "gone").errno, OSError(2, "x").strerror, type(OSError(2, "gone")).__name__)
print(StopIteration(5).value, StopIteration().value, SystemExit(3).code, SystemExit().code, SystemExit(1, 2).code)
print(AttributeError("m", name="n", obj=5).name, NameError("m", name="q").name, ImportError("m", name="a", path="b").path)
try:
    Exception(x=1)
except TypeError as error:
    print(error)
e = Exception("a")
e.args = (1, 2, 3)
print(e, e.args)
e.custom = 5
print(e.__dict__)
try:
    e.args = 5
except TypeError as error:
    print(error)
