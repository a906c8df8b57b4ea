"""str.format: fields, indexing, conversions, nesting, errors."""
def show(function, *args, **kwargs):
    try:
        print(repr(function(*args, **kwargs)))
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


print("{} {}".format(1, 2), "{1} {0} {1}".format("a", "b"), "{x} {y}".format(x=1, y=2), "{{}} {{{}}}".format(5))
print("{0[1]} {0[0]} {d[k]} {d[1]}".format([1, 2], d={"k": "v", 1: "one"}), "{0.real} {0.imag}".format(1j), "{0.__class__.__name__}".format(5))
print("{!r} {!s} {!a}".format("é", "é", "é"), "{:>{w}} {:{f}^{w}}".format("a", "b", w=5, f="*"), "{:{}}".format(3.14159, ".2f"))
print("{:d} {:5} {:<5}| {:^5}| {:05} {:,} {:_} {:b} {:#b} {:#o} {:#x} {:c} {:%} {:.1%} {:e} {:n}".format(1, 2, 3, 4, 5, 1234567, 1234567, 5, 5, 8, 255, 65, 0.5, 0.256, 12.5, 7))
print("{0}{0}".format("ab"), "{a[0][1]}".format(a=[[1, 2]]), "{:}".format(3), "{!s:>4}".format(1))
show("{}".format)
show("{} {}".format, 1)
show("{x}".format)
show("{0} {}".format, 1, 2)
show("{} {0}".format, 1, 2)
show("{".format)
show("}".format)
show("{0!x}".format, 1)
show("{0!}".format, 1)
show("{0.x}".format, 5)
show("{0[a]}".format, [1])
show("{0[5]}".format, [1])
show("{a[k]}".format, a={})
show("{:d}".format, "a")
show("{:q}".format, 1)
show("{:.2d}".format, 1)
show("{0[}".format, [1])
show("{0.}".format, 1)
show("{:{:{}}}".format, 1, 2, 3)
print("{a} {b}".format_map({"a": 1, "b": 2}))


class Default(dict):
    def __missing__(self, key):
        return f"<{key}>"


print("{a} {b}".format_map(Default(a=1)))
show("{a}".format_map, {})
