"""bin, oct, hex, chr, ord, ascii, repr."""
def show(function, *args, **kwargs):
    try:
        print(repr(function(*args, **kwargs)))
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


print(bin(10), bin(-10), bin(0), oct(64), oct(-8), hex(255), hex(-255), hex(2 ** 70), bin(True))
print(chr(97), chr(0x1F600), ord("a"), ord("😀"), ord(b"a"), ascii("é"), ascii([1, "é"]), repr("é"))
show(bin, 1.5)
show(hex, "a")
show(oct, None)
show(chr, 1.5)
show(ord, b"ab")
show(ord, 97)
show(chr, 0xD800)
print(f"{255:b} {255:o} {255:x} {255:X} {255:#b} {255:08b} {-255:x} {255:_b}", "%x %o" % (255, 255), int("0b11", 2), int("0o7", 8))
