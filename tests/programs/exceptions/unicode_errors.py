"""UnicodeEncodeError, UnicodeDecodeError and their attributes."""
def show(function, *args, **kwargs):
    try:
        print(repr(function(*args, **kwargs)))
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


try:
    b"ab\xff\xfec".decode("utf-8")
except UnicodeDecodeError as error:
    print(error, error.encoding, error.object, error.start, error.end, error.reason)
try:
    "aé€".encode("ascii")
except UnicodeEncodeError as error:
    print(error, error.encoding, error.object, error.start, error.end, error.reason)
for data in (b"\xc3", b"\xc3(", b"\xe2\x82", b"\xf0\x9f\x98", b"\xed\xa0\x80", b"\xf5", b"\x80", b"a\xc0\x80", b"\xfe\xff\x00"):
    show(data.decode)
show(b"\xd8\x00".decode, "utf-16-be")
show(b"a".decode, "utf-16")
show(UnicodeDecodeError)
show(UnicodeDecodeError, "utf-8", b"x", 0, 1, "made up")
show(lambda: str(UnicodeEncodeError("ascii", "é", 0, 1, "no")))
print(issubclass(UnicodeDecodeError, ValueError), "é".encode("utf-8", errors="strict"), "\udc80".encode("utf-8", "surrogateescape"))
