"""printf-style formatting."""
def show(function, *args, **kwargs):
    try:
        print(repr(function(*args, **kwargs)))
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


print("%s %r %a %d %i %u %x %X %o %c %c %%" % ("é", "é", "é", 1, 2.9, 3, 255, 255, 8, "c", 100))
print("%5d|%-5d|%05d|%+d|% d|%5s|%-5s|%.2s|%5.1s|" % (42, 42, 42, 42, 42, "ab", "ab", "abc", "xyz"))
print("%f %.2f %10.3f %-10.1f| %e %.3E %g %G %g %g" % (3.14159, 2.5, 1.5, 1.5, 12345.678, 0.00012, 1e10, 1e-10, 0.0001, 123456789.0))
print("%#x %#o %#X %#.0f %+.1e %08.2f %x %o" % (255, 8, 255, 3.0, 12.5, -3.14159, -255, -8))
print("%(a)s %(b)05d %(a)r" % {"a": "x", "b": 42}, "%*d|%-*d|%.*f" % (5, 42, 5, 42, 2, 3.14159))
print("%s" % (1,), "%s" % [1, 2], "%s %s" % (1, (2, 3)), "%%", "%s" % {"a": 1}, "no format" % (), "" % {}, "x" % [])
print("%d" % True, "%d" % (10 ** 30), "%x" % (2 ** 70), "%.0f" % 2.5, "%.0f" % 3.5, "%f" % float("inf"), "%d" % -0.5, "%.3d" % 5)
show(lambda: "%d" % "a")
show(lambda: "%d" % 1.5j)
show(lambda: "%x" % 1.5)
show(lambda: "%s %s" % (1,))
show(lambda: "%s" % (1, 2))
show(lambda: "%(a)s" % 5)
show(lambda: "%(a)s" % {"b": 1})
show(lambda: "%z" % 1)
show(lambda: "%" % 1)
show(lambda: "%c" % "ab")
show(lambda: "%c" % -1)
show(lambda: "%f" % "x")
show(lambda: "%*d" % ("a", 1))
show(lambda: "abc" % 5)
show(lambda: "%(a" % {})
show(lambda: "%d" % None)
print(b"%s %d %x %a" % (b"a", 1, 255, "é"), b"%b" % b"z")
show(lambda: b"%s" % "a")
