"""center, ljust, rjust, zfill, expandtabs."""
def show(function, *args, **kwargs):
    try:
        print(repr(function(*args, **kwargs)))
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


print(repr("ab".center(5)), repr("ab".center(6, "*")), repr("abc".center(6, "-")), repr("ab".ljust(4)), repr("ab".rjust(4, ".")), repr("abc".center(2)))
print("42".zfill(5), "-42".zfill(5), "+4".zfill(4), "".zfill(2), "abc".zfill(2), "--1".zfill(5))
print(repr("a\tb\tc".expandtabs()), repr("a\tb".expandtabs(4)), repr("\t".expandtabs(0)), repr("ab\n\tc".expandtabs(3)), repr("a\tb".expandtabs(-1)))
show("a".center, 5, "ab")
show("a".center, "5")
show("a".ljust)
show("a".ljust, 5, 5)
show("a".zfill, "x")
show("a".expandtabs, "x")
